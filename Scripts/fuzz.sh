#!/bin/sh
# Coverage-guided fuzzing of the readers and of the tile interpreter: libFuzzer and the address sanitizer, which Swift toolchains for
# Linux bring along. `fuzz.sh [MINUTES|COUNT=n] [TARGET…]`: minutes for each target, or a number of runs of each.
#
# The readers are compiled apart from the rest of the library, which they do not need. What is found is kept in .build/fuzz/corpus;
# an input that fails is written to .build/fuzz, and `.build/fuzz/fuzz-TARGET FILE` runs it again.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
build=$root/.build/fuzz
how=-max_total_time=$((${MINUTES:-1} * 60))
[ -z "${COUNT:-}" ] || how=-runs=$COUNT
targets=${*:-npy npz safetensors json program}
mkdir -p "$build" && cd "$build"

module() {
  name=$1
  shift
  swiftc -O -swift-version 6 -package-name adjoint -sanitize=fuzzer,address -I . -parse-as-library -emit-module -emit-library -static \
    -module-name "$name" "$@" -o "lib$name.a"
}
readers() {
  # The memory of this machine, and tensors, are not a part of what is fuzzed.
  echo 'enum SystemMemory { static let available = 4 << 30 }' > memory.swift
  printf 'import Adjoint\nenum TensorReading { static func fault(_ file: FileTensor) -> String? { nil } }\n' > tensors.swift
  module AdjointKernels memory.swift "$root"/Sources/AdjointKernels/Files/*.swift \
    "$root/Sources/AdjointKernels/Buffer/UninitializedArray.swift"
  find "$root/Sources/Adjoint/Files" -name '*.swift' ! -name TensorFiles.swift > files
  module Adjoint @files
  find "$root/Tests/FileFuzzer/Fuzzer" -name '*.swift' ! -name TensorReading.swift > files
  module FileFuzzer tensors.swift @files
  swiftc -O -swift-version 6 -package-name adjoint -sanitize=fuzzer,address -I . -L . -lFileFuzzer -lAdjoint -lAdjointKernels \
    -parse-as-library -module-name FuzzFiles "$root/Tests/FileFuzzer/Guided/Entry.swift" -o fuzz-npy 2>&1 \
    | grep -v 'gold: warning' || true
  for target in npz safetensors json; do cp fuzz-npy "fuzz-$target"; done
}
program() {
  mkdir -p objects
  for file in "$root"/Sources/CKernels/*.c "$root"/Tests/ProgramFuzzer/*.c "$root"/Tests/ProgramFuzzer/Guided/*.c; do
    # Counts Swift's references, which there are none of.
    case $file in */ck_runtime.c) continue ;; esac
    clang -O1 -std=gnu17 -w -fsanitize=fuzzer,address,undefined -fno-sanitize=alignment -fno-sanitize-recover=undefined \
      -I "$root/Sources/CKernels/include" -I "$root/Tests/ProgramFuzzer/include" -c "$file" -o "objects/$(basename "$file").o"
  done
  clang -fuse-ld=lld -fsanitize=fuzzer,address,undefined objects/*.o -lm -ldl -lpthread -o fuzz-program
}
case " $targets " in *" npy "* | *" npz "* | *" safetensors "* | *" json "*) readers ;; esac
case " $targets " in *" program "*) program ;; esac

status=0
for target in $targets; do
  mkdir -p "corpus/$target" "$root/Tests/Fixtures/Fuzz/$target"
  # A backtrace of a crash takes longer than all else.
  SWIFT_BACKTRACE=enable=no "./fuzz-$target" "corpus/$target" "$root/Tests/Fixtures/Fuzz/$target" "$how" -max_len=4096 \
    -malloc_limit_mb=64 -rss_limit_mb=2048 -timeout=20 -detect_leaks=0 -verbosity=0 -print_final_stats=1 \
    -artifact_prefix="$target-" > "$target.log" 2>&1 || status=1
  printf '%-12s %s\n' "$target" "$(grep -E 'number_of_executed_units|SUMMARY|Fatal error' "$target.log" | tr '\n' ' ')"
done
exit $status
