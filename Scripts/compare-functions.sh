#!/bin/sh
# Times every function of the kernels in an earlier revision and in this tree, side by side.
#
#     Scripts/compare-functions.sh REVISION [INSTRUCTION_SET]
set -eu
cd "$(dirname "$0")/.."
CLANG=${CLANG:-clang}
revision=${1:?a revision to compare with}
set=${2:-avx2}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/before"
git archive "$revision" Sources/CKernels | tar -x -C "$work/before"
build() {
  sources=
  for file in "$1"/Sources/CKernels/*.c; do
    grep -q openblas "$file" || sources="$sources $file"
  done
  # shellcheck disable=SC2086
  "$CLANG" -O2 -w -fPIC -shared -I"$1/Sources/CKernels/include" -o "$2" $sources -lm -lpthread -ldl
}
build "$work/before" "$work/before.so"
build . "$work/now.so"
"$CLANG" -O2 -ISources/CKernels/include -o "$work/speed" Tests/Functions/function_speed.c -ldl
"$work/speed" "$work/before.so" "$work/now.so" "$set"
