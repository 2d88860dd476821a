#!/bin/sh
# Refuses references upwards: Graph/ and Planning/ must not name what Transforms/, Inspection/ or Operations/ declare, and Families/ and
# Differentiation/ must not name single operations. Comments and strings do not count.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)/Sources/Adjoint
status=0

# The types that the files of some folders declare.
declared() {
  cd "$root" && grep -rhoE '^(public |package |private |fileprivate |final |indirect )*(enum|struct|class|protocol) [A-Z][A-Za-z0-9]*' "$@" \
    | grep -vE '(private|fileprivate) ' | awk '{ print $NF }' | sort -u
}

# Looks for words in a folder's code.
look() {
  folder=$1
  pattern=$2
  what=$3
  found=$(cd "$root" && grep -rnE "$pattern" "$folder" | sed -E 's/"([^"\\]|\\.)*"/""/g' | grep -vE '^[^:]+:[0-9]+: *///?' \
    | grep -E "$pattern" || true)
  if [ -n "$found" ]; then
    printf 'layers: %s/ refers to %s:\n%s\n' "$folder" "$what" "$found" >&2
    status=1
  fi
}

names=$(declared Transforms Inspection Operations | paste -sd '|' -)
look Graph "(^|[^A-Za-z.])($names)[^A-Za-z]" "what a layer above it declares"
look Planning "(^|[^A-Za-z.])($names)[^A-Za-z]" "what a layer above it declares"
operations=$(declared Operations | paste -sd '|' -)
look Families "(^|[^A-Za-z.])($operations)\\.operation" "a single operation"
look Differentiation "(^|[^A-Za-z.])($operations)\\.operation" "a single operation"
exit $status
