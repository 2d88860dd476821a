import BenchmarkCore

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The time from starting a process to its first gradient: what a short script pays.
enum Startup {
  static let workloads = [
    Workload(
      id: "startup/first-gradient", summary: "a fresh process that loads the library and computes a gradient",
      kind: .latency, dataTypes: [.float32], sizeMeaning: "elements", defaultSizes: [3], largestSize: 3,
      bytesFormula: "–", flopsFormula: "–", cost: { _ in .init(bytes: 0, flops: 0, items: 1) },
      prepare: { _ in try prepare() })
  ]

  private static func prepare() throws -> PreparedWorkload {
    let helper = try path()
    func start() -> (output: String, status: Int32)? { (try? ChildProcess(helper))?.finish() }
    return PreparedWorkload(
      run: { _ = start() },
      verify: {
        guard let (output, status) = start(), status == 0 else { return "\(helper) failed" }
        // mean(2·(x+2)²) at x = [1, 2, 3] has the gradient 4·(x+2)/3.
        let numbers = output.split(whereSeparator: { !"0123456789.".contains($0) }).compactMap { Double($0) }
        let isRight = numbers.count == 3 && zip(numbers, [4.0, 16.0 / 3, 20.0 / 3]).allSatisfy { abs($0 - $1) < 1e-5 }
        return isRight ? nil : "it printed \(output)"
      })
  }

  /// The helper lies beside this executable.
  private static func path() throws -> String {
    let folder = Executable.path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(
      separator: "/")
    let helper = (folder.isEmpty ? "." : folder) + "/adjoint-first-gradient"
    guard access(helper, X_OK) == 0 else {
      throw SelectionError("\(helper) is missing; build it with: swift build -c release --package-path Benchmarks")
    }
    return helper
  }
}
