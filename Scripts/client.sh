# For scripts that compile what clients of the library write: `source Scripts/client.sh`, then `typecheck <options and files>`.
#
# It sees the modules that `swift build` made, and nothing but what is public in them.

client_products=$("${SWIFT:-swift}" build --show-bin-path)

typecheck() {
  local compiler
  compiler=$(dirname "$(command -v "${SWIFT:-swift}")")/swiftc
  "$compiler" -typecheck -swift-version 6 -suppress-warnings -I "$client_products/Modules" -I Sources/COpenBLAS \
    -Xcc -fmodule-map-file="$client_products/CKernels.build/module.modulemap" -Xcc -ISources/CKernels/include "$@"
}
