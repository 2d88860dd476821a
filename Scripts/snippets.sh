#!/usr/bin/env bash
# Compiles every ```swift block of README.md, Documentation, the articles and the documentation comments as a client would.
#
# A block of an article sees what the blocks before it declared. A block of a documentation comment stands by itself; what it takes for
# granted (`batches`, `loss`) is declared for its file in Tests/Snippets/Surroundings.swift. The first line of a block may say
# that it is something else:
#
#     // main.swift                 compiled alone, as the main file of a program
#     // Does not compile: words    must be refused, with these words in what the compiler says
#     // Package.swift              part of a manifest: not compiled
#
# The library must have been built: `swift build` first. Blocks are counted by kind, so that one which is not compiled is seen.
set -euo pipefail
cd "$(dirname "$0")/.."

source Scripts/client.sh
snippets=.build/snippets
rm -rf "$snippets"
mkdir -p "$snippets"

fail() {
  echo "snippets: $1" >&2
  exit 1
}

# The blocks of a file, as Swift files whose names begin with a number.
extract() {
  local surroundings article=0
  # What stands below `// MARK: <file>`, up to the next mark.
  surroundings=$(awk -v mark="// MARK: $(basename "$1")" \
    '/^\/\/ MARK: / { on = ($0 == mark); next } on' Tests/Snippets/Surroundings.swift)
  case $1 in *.md) article=1 ;; esac
  surroundings="${surroundings:+$surroundings
}" awk -v name="$1" -v out="$snippets/$2" -v number="$2" -v article="$article" -f Scripts/snippets.awk "$1"
}

number=0
: >"$snippets/kinds"
while read -r file; do
  grep -q '```swift' "$file" || continue
  number=$((number + 1))
  extract "$file" "$number" >>"$snippets/kinds"
done < <(find README.md CONTRIBUTING.md Documentation Sources \( -name '*.md' -o -name '*.swift' \) | sort)

if faulty=$(grep -E '^(open|unknown) ' "$snippets/kinds"); then
  fail "a block is not closed, or its fence says more than \`\`\`swift: $faulty"
fi
for mark in $(sed -n 's/^\/\/ MARK: //p' Tests/Snippets/Surroundings.swift); do
  grep -q "/$mark:" "$snippets/kinds" || fail "Tests/Snippets/Surroundings.swift has declarations for $mark, which has no block"
done

typecheck -parse-as-library "$snippets"/*.swift || fail "a block of the documentation does not compile; its place stands above."
for file in "$snippets"/*.main; do
  [ -e "$file" ] || continue
  cp "$file" "$snippets/main.swift"
  typecheck "$snippets/main.swift" || fail "a main file in the documentation does not compile; its place stands above."
done
for file in "$snippets"/*.wrong; do
  [ -e "$file" ] || continue
  words=$(sed -n '1s/^\/\/ //p' "$file")
  cp "$file" "$snippets/wrong.swift"
  if said=$(typecheck -parse-as-library "$snippets/wrong.swift" 2>&1); then
    fail "a block says that it does not compile, and it does: $words"
  fi
  grep -qF -- "$words" <<<"$said" || fail "a block says that the compiler says “$words”, which it does not: $said"
done

# A check that refuses nothing finds nothing.
extract Tests/Snippets/Refused.md 0 >/dev/null
said=$(typecheck -parse-as-library "$snippets/0.swift" 2>&1) && fail "Tests/Snippets/Refused.md compiles, which it must not."
grep -q '^Tests/Snippets/Refused.md:5:.*error: ' <<<"$said" || fail "Tests/Snippets/Refused.md is refused at another place: $said"

count() { grep -c "^$1 " "$snippets/kinds" || true; }
compiled=$(count compiled)
[ "$compiled" -gt 0 ] || fail "no block was found; a check that sees nothing finds nothing."
echo "snippets: $compiled blocks and $(count main) main files compile, $(count wrong) are refused as they say," \
  "$(count manifest) of manifests not compiled."
