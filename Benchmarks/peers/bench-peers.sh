#!/bin/sh
# Compares with PyTorch, JAX and NumPy on this machine, in turns, and writes the table of Documentation/performance.md.
# The virtual environment lies outside the tree: $ADJOINT_PEERS, by default in the user's cache.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
venv=${ADJOINT_PEERS:-${XDG_CACHE_HOME:-$HOME/.cache}/adjoint-peers}

if ! [ -x "$venv/bin/python" ]; then
  echo "making a virtual environment in $venv" >&2
  if ! python3 -m venv "$venv"; then
    rm -rf "$venv"
    echo "bench-peers: python3 with venv is needed (Debian and Ubuntu: apt-get install python3-venv)" >&2
    exit 1
  fi
fi
"$venv/bin/python" -c 'import torch, jax, numpy, scipy' 2>/dev/null \
  || "$venv/bin/python" -m pip install --quiet --requirement "$here/requirements.txt"

swift build -c release --package-path "$root/Benchmarks"
exec "$(swift build -c release --package-path "$root/Benchmarks" --show-bin-path)/adjoint-bench" peers \
  --python "$venv/bin/python" --write "$root/Documentation/performance.md" "$@"
