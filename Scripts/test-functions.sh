#!/bin/sh
# The largest error of every transcendental function: Float over all arguments (or every STRIDE-th), Double over COUNT
# random ones. Fails where one is above 1 unit in the last place. Debian and Ubuntu: apt-get install clang libmpfr-dev
#
#     Scripts/test-functions.sh [STRIDE [COUNT [INSTRUCTION_SET]]]
set -eu
cd "$(dirname "$0")/.."
CLANG=${CLANG:-clang}
stride=${1:-1}
count=${2:-1000000}
set=${3:-avx2}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
sources="Tests/Functions/function_errors.c"
for file in Sources/CKernels/*.c; do
  grep -q openblas "$file" || sources="$sources $file"
done
# shellcheck disable=SC2086
"$CLANG" -O2 -ISources/CKernels/include -o "$work/errors" $sources -lmpfr -lgmp -lm -lpthread
"$work/errors" "$set" "$stride" "$count"
