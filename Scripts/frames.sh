#!/bin/sh
# Looks in the release build's machine code for functions that take much of the stack: a thread may have 512 KiB of it, or with
# musl 128. x86-64 only: elsewhere nothing is looked at.
set -eu
cd "$(dirname "$0")/.."
most=${MOST:-40960}
[ "$(uname -m)" = x86_64 ] || { echo "frames: x86-64 only, nothing was looked at"; exit 0; }
swift=${SWIFT:-swift}
folder=${1:-$("$swift" build -c release --show-bin-path)}
[ -d "$folder/Adjoint.build" ] || "$swift" build -c release --target Adjoint >&2

find "$folder/Adjoint.build" "$folder/AdjointKernels.build" "$folder/CKernels.build" -name '*.o' | while read -r object; do
  objdump -d --no-show-raw-insn "$object"
done | awk -v most="$most" '
  function value(hex,   i, n) { n = 0; for (i = 1; i <= length(hex); i++) n = n * 16 + index("0123456789abcdef", substr(hex, i, 1)) - 1; return n }
  /^[0-9a-f]+ <.*>:$/ { name = $2; functions++; next }
  # A frame is made by subtracting a number from the stack pointer; a large one by touching its pages on the way.
  $2 == "sub" && $3 ~ /^\$0x[0-9a-f]+,%rsp$/ {
    size = $3
    sub(/^\$0x/, "", size)
    sub(/,.*/, "", size)
    bytes = value(size)
    if (bytes > largest) { largest = bytes; where = name }
    if (bytes > most) { printf "frames: %s takes %d bytes of the stack\n", name, bytes; bad = 1 }
  }
  # A frame whose size is only known when it is made.
  $2 == "sub" && $3 ~ /^%r[a-z0-9]+,%rsp$/ { dynamic++ }
  END {
    if (functions < 1000) { print "frames: the machine code was not understood" > "/dev/stderr"; exit 1 }
    printf "frames: %d functions, the largest frame has %d bytes (%s); %d frames of another size at each call\n", functions, largest, where, dynamic
    if (bad) exit 1
  }'
