#!/usr/bin/env bash
# Fails if a program that depends on the library links Foundation or ICU.
#
# One import of Foundation in any file of the product is enough: the compiler notes it in the object file, and every
# client then loads Foundation and ICU when it starts. Pass -c release to check an optimised build.
set -euo pipefail
cd "$(dirname "$0")/.."

swift=${SWIFT:-swift}
fail() {
  echo "linking: $1" >&2
  exit 1
}

# What the consumer itself imported would hide what the library links.
if own=$(grep -rlE '^ *(@[a-zA-Z_]+ +|[a-z]+ +)*import +Foundation' Tests/Consumer/Sources); then
  fail "$own imports Foundation itself, so that nothing can be said about the library; remove the import."
fi

"$swift" build "$@" --package-path Tests/Consumer --product consumer >&2
consumer=$("$swift" build "$@" --package-path Tests/Consumer --show-bin-path)/consumer
case $(uname) in
  # With what the libraries link in turn: it is loaded all the same.
  Linux) linked=$(ldd "$consumer" | awk '{ print $1 }') ;;
  # Only what the program names itself: the system's libraries use Foundation as they like.
  Darwin) linked=$(otool -L "$consumer" | awk 'NR > 1 { print $1 }') ;;
  *) fail "do not know how to list what a program links on $(uname)." ;;
esac

grep -q swiftCore <<<"$linked" ||
  fail "the list of what $consumer links lacks Swift's own library; a check that sees nothing finds nothing."
if unwanted=$(grep -iE 'Foundation|libicu' <<<"$linked"); then
  fail "a client of Adjoint links $(paste -sd ' ' - <<<"$unwanted"); see grep -rn 'import Foundation' Sources."
fi
echo "linking: a client of Adjoint links neither Foundation nor ICU."
