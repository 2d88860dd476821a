#!/bin/sh
# Compiles the kernels for 64-bit Arm, runs them under qemu, and compares the bits of every function with those of each
# instruction set with fused multiply-adds that this processor has. Debian and Ubuntu:
#
#     apt-get install gcc-aarch64-linux-gnu libc6-dev-arm64-cross qemu-user clang
set -eu
cd "$(dirname "$0")/.."
CLANG=${CLANG:-clang}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
sources="Tests/Functions/function_bits.c"
for file in Sources/CKernels/*.c; do
  # What needs OpenBLAS is not about functions.
  grep -q openblas "$file" || sources="$sources $file"
done
echo "compiling for aarch64"
for file in $sources; do
  "$CLANG" --target=aarch64-linux-gnu -isystem /usr/aarch64-linux-gnu/include -O2 -ISources/CKernels/include \
    -c "$file" -o "$work/$(basename "$file" .c).arm.o"
done
aarch64-linux-gnu-gcc -static -o "$work/arm" "$work"/*.arm.o -lm -lpthread
qemu-aarch64 "$work/arm" baseline > "$work/neon"
echo "compiling for $(uname -m)"
# shellcheck disable=SC2086
"$CLANG" -O2 -ISources/CKernels/include -o "$work/host" $sources -lm -lpthread
compared=0
for set in avx2 avx512; do
  if "$work/host" "$set" > "$work/$set"; then
    cmp "$work/neon" "$work/$set"
    echo "NEON and $set: the same $(($(wc -c < "$work/neon") / 8)) results"
    compared=$((compared + 1))
  else
    echo "$set: not on this processor"
  fi
done
[ "$compared" -gt 0 ] || { echo "nothing to compare with" >&2; exit 1; }
