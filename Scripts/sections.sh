#!/bin/sh
# Looks in the release build's machine code for references that are read under a spin lock and retained behind it.
#
# A section begins with a call of ck_section_begins and ends with one of ck_section_ends, then the lock is opened. A register
# that is loaded in between, outlives the end and is then handed to swift_retain held an object that another thread may have
# released already. x86-64 only: elsewhere nothing is looked at.
set -eu
cd "$(dirname "$0")/.."
[ "$(uname -m)" = x86_64 ] || { echo "sections: x86-64 only, nothing was looked at"; exit 0; }
swift=${SWIFT:-swift}
folder=${1:-$("$swift" build -c release --show-bin-path)}
[ -d "$folder/Adjoint.build" ] || "$swift" build -c release --target Adjoint >&2

# Reads a disassembly; fails if it finds a late retain.
look() {
  awk '
  # Loads in a section, by register; retained ones are forgotten.
  function forget(r) { delete loaded[r] }
  /^[0-9a-f]+ <.*>:$/ { name = $2; inside = 0; behind = 0; for (r in loaded) forget(r); argument = ""; next }
  /R_X86_64_(PLT32|PC32|GOTPCRELX|REX_GOTPCRELX|GOTPCREL)/ {
    target = $NF; sub(/[-+]0x[0-9a-f]+$/, "", target)
    if (target == "ck_section_begins") { inside = 1; behind = 0; for (r in loaded) forget(r) }
    else if (target == "ck_section_ends") { if (inside) count++; inside = 0; behind = 16 }
    else if (target == "swift_retain") {
      if (argument in loaded) {
        if (behind > 0) { printf "sections: %s retains %s behind the lock that it was read under (%s)\n", name, argument, $1; bad = 1 }
        forget(argument)
      }
    }
    next
  }
  {
    if (behind > 0) behind--
    # The lines are read in their order: what stands behind a jump belongs to another path.
    if ($2 == "jmp" || $2 == "ret") { inside = 0; behind = 0; for (r in loaded) forget(r) }
    if ($2 == "mov") {
      split($3, parts, ",")
      to = parts[length(parts)]
      if ($3 ~ /^0?x?[-0-9a-fx]*\(.*\),%r/) {
        from = $3
        sub(/,%r[a-z0-9]+$/, "", from)
        if (inside) loaded[to] = from; else forget(to)
        if (to == "%rdi") argument = to
      }
      else if ($3 ~ /^%r[a-z0-9]+,%rdi$/) argument = parts[1]
    }
    # What is taken out, because something else is put in its place, belongs to the section.
    if (inside && ($2 == "mov" || $2 == "movq") && $3 ~ /\)$/) {
      place = $3
      sub(/^[^,]*,/, "", place)
      for (r in loaded) if (loaded[r] == place) forget(r)
    }
  }
  END {
    if (bad) exit 1
    printf "sections: %d sections under spin locks, no retain behind them\n", count
    if (count < 20) { print "sections: that is fewer than there are; the machine code was not understood" > "/dev/stderr"; exit 1 }
  }'
}

# What the fault looks like: this must be found.
fault='0000000000000000 <getter>:
   0:	call   5 <getter+0x5>
			1: R_X86_64_PLT32	ck_section_begins-0x4
   5:	mov    0x120(%rbx),%r14
   c:	call   11 <getter+0x11>
			d: R_X86_64_PLT32	ck_section_ends-0x4
  11:	movb   $0x0,0xc8(%rbx)
  18:	mov    %r14,%rdi
  1b:	call   20 <getter+0x20>
			1c: R_X86_64_PLT32	swift_retain-0x4'
if ! printf '%s\n' "$fault" | look 2>/dev/null | grep -q "getter.*retains %r14"; then
  echo "sections: the fault itself is not found any more; mend this script" >&2
  exit 1
fi

find "$folder/Adjoint.build" "$folder/AdjointKernels.build" -name '*.o' | while read -r object; do
  objdump -dr --no-show-raw-insn "$object"
done | look
