#!/usr/bin/env bash
# Compiles what people write who come from PyTorch or NumPy, and compares what the compiler says with Tests/Hints/hints.txt.
#
# Each line there: what is written → a part of what the compiler must say → what it is here, which must compile. The library must
# have been built: `swift build` first.
set -euo pipefail
cd "$(dirname "$0")/.."

source Scripts/client.sh
hints=.build/hints
rm -rf "$hints"
mkdir -p "$hints"

fail() {
  echo "hints: $1" >&2
  exit 1
}

# One statement a line, on the line that it has in hints.txt. A closure each, so that no error hides another.
write() {
  awk -v column="$1" -F ' → ' '
    NR == 1 {
      printf "import Adjoint; func hints(_ x: Tensor<Float>, _ y: Tensor<Float>, _ n: Tensor<Int>, _ k: Tensor<Int>, "
      printf "_ mask: Tensor<Bool>, _ other: Tensor<Bool>, _ leaf: inout Tensor<Float>, _ optimizer: SGD, "
      print "_ state: SGD.State) throws {"
      next
    }
    NF == 3 && !/^#/ { line = $column; print (line ~ / = / ? "" : "_ = ") line; next }
    { print "" }
    END { print "}" }' Tests/Hints/hints.txt
}
write 1 >"$hints/wrong.swift"
write 3 >"$hints/right.swift"

typecheck -parse-as-library "$hints/right.swift" || fail "what Tests/Hints/hints.txt gives as right does not compile."

said=$(typecheck -parse-as-library "$hints/wrong.swift" 2>&1) && fail "nothing of what is wrong was refused."
# What was said of each line, next to what must be.
report=$(awk -F ' → ' '
  FNR == NR {
    if (match($0, /wrong\.swift:[0-9]+:[0-9]+: error: /)) {
      split(substr($0, RSTART), part, ":")
      said[part[2]] = said[part[2]] substr($0, RSTART + RLENGTH) "; "
    }
    next
  }
  NF == 3 && !/^#/ {
    count++
    if (said[FNR] == "") print "Tests/Hints/hints.txt:" FNR ": accepted: " $1
    else if (index(said[FNR], $2) == 0) print "Tests/Hints/hints.txt:" FNR ": " $1 ": " said[FNR]
  }
  END { print count " lines" }' <(echo "$said") Tests/Hints/hints.txt)
if faults=$(grep -v '^[0-9]* lines$' <<<"$report"); then fail "what the compiler says has not the words that it must:
$faults"; fi

# What the declarations cost: expressions whose types are found by trying few overloads, with them as without.
typecheck -parse-as-library -Xfrontend -solver-scope-threshold=600 Tests/Hints/Expressions.swift Tests/Hints/FunctionExpressions.swift ||
  fail "the types of long expressions are found by trying more overloads than before; see the files of expressions in Tests/Hints."

# Every name that is declared only to be refused is tried.
names=$(ls Sources/Adjoint/Hints/*Hints.swift | grep -v Namespace | xargs grep -hA4 "@available" |
  sed -nE 's/^ *public (static |prefix |convenience )*(func|var) `?([A-Za-z_0-9]+)`?.*/\3/p' | sort -u)
[ -n "$names" ] || fail "no declaration was found in Sources/Adjoint/Hints."
for name in $names; do
  grep -qE "(^|[.\`])$name\b" Tests/Hints/hints.txt || fail "Tests/Hints/hints.txt has no call of $name"
done
echo "hints: ${report##*$'\n'} of other libraries' names are refused with the words that help; $(wc -w <<<"$names") names."
