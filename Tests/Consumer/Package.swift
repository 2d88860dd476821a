// swift-tools-version: 6.2
import PackageDescription

// A package of somebody else's: it depends on the library by its path, and sees only what is public.
let package = Package(
  name: "Consumer",
  platforms: [.macOS(.v26)],
  dependencies: [.package(name: "Adjoint", path: "../..")],
  targets: [
    .executableTarget(name: "consumer", dependencies: [.product(name: "Adjoint", package: "Adjoint")])
  ],
  swiftLanguageModes: [.v6]
)
