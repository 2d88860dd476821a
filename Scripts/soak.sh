#!/usr/bin/env bash
# Runs the tests ROUNDS times and stops at the first failure: some faults depend on what other threads do.
set -euo pipefail
cd "$(dirname "$0")/.."

rounds=${ROUNDS:-20}
swift=${SWIFT:-swift}
export ADJOINT_WRITER_ROUNDS=${ADJOINT_WRITER_ROUNDS:-200}
log=.build/soak.log
"$swift" build --build-tests
for round in $(seq "$rounds"); do
  if ! "$swift" test --skip-build >"$log" 2>&1; then
    cat "$log"
    echo "soak: round $round of $rounds failed" >&2
    exit 1
  fi
  echo "soak: round $round of $rounds passed"
done
