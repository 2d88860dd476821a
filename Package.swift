// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "Adjoint",
  platforms: [.macOS(.v26)],
  products: [
    .library(name: "Adjoint", targets: ["Adjoint"]),
    .library(name: "AdjointKernels", targets: ["AdjointKernels"]),
    // For toolchains with Swift's own differentiation; apart, because its module is not part of the stable language.
    .library(name: "AdjointDifferentiable", targets: ["AdjointDifferentiable"]),
  ],
  targets: [
    // Debian builds OpenBLAS without LAPACKE, and LAPACKE alone would bind the slow reference BLAS: both
    // names are needed, OpenBLAS first.
    .systemLibrary(
      name: "COpenBLAS",
      pkgConfig: "openblas lapacke",
      providers: [.apt(["libopenblas-dev", "liblapacke-dev"]), .brew(["openblas", "lapack"])]),
    .target(
      name: "CKernels",
      linkerSettings: [
        .linkedLibrary("m", .when(platforms: [.linux])), .linkedLibrary("dl", .when(platforms: [.linux])),
      ]),
    .target(name: "AdjointKernels", dependencies: ["CKernels", "COpenBLAS"]),
    .target(name: "Adjoint", dependencies: ["AdjointKernels", "CKernels"]),
    .target(name: "AdjointDifferentiable", dependencies: ["Adjoint"]),
    // The conformance cases of Tests/Conformance/cases, as a command and as tests.
    .target(name: "ConformanceRunner", dependencies: ["Adjoint", "AdjointKernels"], path: "Tests/Conformance/Runner"),
    .executableTarget(
      name: "conformance", dependencies: ["ConformanceRunner"], path: "Tests/Conformance/Command"),
    // Random programs under laws that need no reference, as a command and as tests.
    .target(name: "FusionFuzzer", dependencies: ["Adjoint"], path: "Tests/FusionFuzzer/Fuzzer"),
    .executableTarget(name: "fusion-fuzzer", dependencies: ["FusionFuzzer"], path: "Tests/FusionFuzzer/Command"),
    // Changed and hostile files for every reader, and random programs for the tile interpreter, as commands and as tests.
    .target(name: "FileFuzzer", dependencies: ["Adjoint"], path: "Tests/FileFuzzer/Fuzzer"),
    .executableTarget(name: "file-fuzzer", dependencies: ["FileFuzzer"], path: "Tests/FileFuzzer/Command"),
    .target(name: "ProgramFuzzer", dependencies: ["CKernels"], path: "Tests/ProgramFuzzer", exclude: ["Guided"]),
    // Tasks that read, record and update the same tensors, for `make test-torture`.
    .executableTarget(name: "torture", dependencies: ["Adjoint"], path: "Tests/Torture"),
    // What happens at the library's limits (graphs, memory, stacks, steps), for `make test-limits` and the tests.
    .target(name: "Interposer", path: "Tests/Limits/Interposer"),
    .executableTarget(
      name: "limits", dependencies: ["Adjoint", "AdjointKernels", "Interposer"], path: "Tests/Limits/Command"),
    // Calls with what must be refused, for `make test-misuse` and the tests.
    .executableTarget(name: "misuse", dependencies: ["Adjoint"], path: "Tests/Misuse", exclude: ["sentences.txt"]),
    .testTarget(
      name: "AdjointKernelsTests", dependencies: ["AdjointKernels", "CKernels", "ProgramFuzzer"],
      exclude: [
        "Reference/make_reference.py", "Reference/references.txt", "Reference/make_special_reference.py",
        "Reference/special-references.txt",
      ]),
    .testTarget(name: "AdjointDifferentiableTests", dependencies: ["Adjoint", "AdjointDifferentiable"]),
    .testTarget(name: "AdjointTests", dependencies: ["Adjoint", "ConformanceRunner", "FusionFuzzer", "FileFuzzer"]),
  ],
  swiftLanguageModes: [.v6]
)
