// swift-tools-version: 6.2
import PackageDescription

// Nested, so that whoever links the library resolves no dependency of the benchmarks.
let package = Package(
  name: "Benchmarks",
  platforms: [.macOS(.v26)],
  products: [
    .executable(name: "adjoint-bench", targets: ["adjoint-bench"]),
    .executable(name: "adjoint-first-gradient", targets: ["adjoint-first-gradient"]),
  ],
  dependencies: [
    .package(name: "Adjoint", path: ".."),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
  ],
  targets: [
    .target(name: "CBenchmarkProbes"),
    // BLAS and LAPACK themselves, to measure beside the library.
    .systemLibrary(
      name: "CDirectBLAS",
      pkgConfig: "openblas lapacke",
      providers: [.apt(["libopenblas-dev", "liblapacke-dev"]), .brew(["openblas", "lapack"])]),
    .target(
      name: "BenchmarkCore",
      dependencies: ["CBenchmarkProbes", .product(name: "AdjointKernels", package: "Adjoint")]),
    .target(
      name: "BenchmarkWorkloads",
      dependencies: [
        "BenchmarkCore", "CDirectBLAS",
        .product(name: "Adjoint", package: "Adjoint"), .product(name: "AdjointKernels", package: "Adjoint"),
      ]),
    .executableTarget(
      name: "adjoint-bench",
      dependencies: [
        "BenchmarkCore", "BenchmarkWorkloads", "adjoint-first-gradient",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    .executableTarget(
      name: "adjoint-first-gradient", dependencies: [.product(name: "Adjoint", package: "Adjoint")]),
    .testTarget(name: "BenchmarkCoreTests", dependencies: ["BenchmarkCore"]),
  ],
  swiftLanguageModes: [.v6]
)
