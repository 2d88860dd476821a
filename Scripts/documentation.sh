#!/usr/bin/env bash
# Writes the documentation of each library to .build/docs/<library>, as a static site.
#
# The usual plugin would be a dependency that everybody who links the libraries has to resolve; the toolchain has
# all that is needed.
set -euo pipefail
cd "$(dirname "$0")/.."

swift=$(command -v "${SWIFT:-swift}")
docc=$(command -v docc || true)
[ -n "$docc" ] || docc="$(dirname "$(readlink -f "$swift")")/docc"
if [ ! -x "$docc" ]; then
  echo "documentation: this Swift toolchain has no docc; install the full toolchain from https://www.swift.org/install" >&2
  exit 1
fi

graphs=.build/symbol-graphs
rm -rf "$graphs" .build/docs
mkdir -p "$graphs" .build/docs
"$swift" build
"$swift" package dump-symbol-graph --minimum-access-level public --skip-synthesized-members >/dev/null
produced=$(dirname "$(find .build -type f -name 'Adjoint.symbols.json' -not -path "./$graphs/*" -print -quit)")

for library in AdjointKernels Adjoint; do
  mkdir -p "$graphs/$library"
  # Extensions of other modules' types are in files named after both.
  find "$produced" -name "$library.symbols.json" -o -name "$library@*.symbols.json" |
    while read -r file; do cp "$file" "$graphs/$library/"; done
  catalog=()
  [ -d "Sources/$library/$library.docc" ] && catalog=("Sources/$library/$library.docc")
  "$docc" convert ${catalog[@]+"${catalog[@]}"} \
    --additional-symbol-graph-dir "$graphs/$library" \
    --fallback-display-name "$library" --fallback-bundle-identifier "$library" \
    --transform-for-static-hosting --hosting-base-path "$library" \
    --output-path ".build/docs/$library"
done
echo "Documentation: .build/docs/Adjoint and .build/docs/AdjointKernels"
echo "To read it: python3 -m http.server --directory .build/docs, then http://localhost:8000/Adjoint/documentation/adjoint"
