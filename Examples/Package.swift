// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "Examples",
  platforms: [.macOS(.v26)],
  dependencies: [.package(name: "Adjoint", path: "..")],
  targets: [
    .executableTarget(name: "tour", dependencies: [.product(name: "Adjoint", package: "Adjoint")]),
    // The data are copied beside the program instead of compiled into it: a literal of 130,000 numbers would make
    // every build of an edited example wait for it.
    .executableTarget(
      name: "digits", dependencies: [.product(name: "Adjoint", package: "Adjoint")],
      resources: [.copy("Resources/digits.safetensors")]),
    .executableTarget(
      name: "regression", dependencies: [.product(name: "Adjoint", package: "Adjoint")],
      resources: [.copy("Resources/diabetes.safetensors")]),
  ],
  swiftLanguageModes: [.v6]
)
