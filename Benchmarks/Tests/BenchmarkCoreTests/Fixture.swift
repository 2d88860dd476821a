@testable import BenchmarkCore

/// A workload, a machine and a report that measure nothing.
enum Fixture {
  static func workload(
    defaultSizes: [Int] = [1000], failure: String? = nil, run: @escaping @Sendable () -> Void = {}
  ) -> Workload {
    Workload(
      id: "test/work", summary: "nothing", kind: .bandwidth, sizeMeaning: "elements", defaultSizes: defaultSizes,
      bytesFormula: "8·n", flopsFormula: "2·n",
      cost: { .init(bytes: 8 * $0.count, flops: 2 * $0.count, items: $0.count) },
      prepare: { _ in PreparedWorkload(run: run, verify: { failure }) })
  }

  static func item(_ workload: Workload = workload(), size: Int? = 1000, shape: [Int] = [1000]) -> WorkloadCase {
    WorkloadCase(workload: workload, dataType: .float32, size: size, shape: shape, threads: 1)
  }

  static let machine = MachineInfo(
    cpuModel: "Test \"CPU\" <1>", isa: "avx2", isaOffered: "avx512", cores: 2,
    caches: [
      .init(name: "L1d", bytes: 32 << 10, sharedBy: 1), .init(name: "L2", bytes: 1 << 20, sharedBy: 1),
      .init(name: "L3", bytes: 16 << 20, sharedBy: 2),
    ],
    memBytes: 8 << 30, os: "Test OS", blas: .init(config: "OpenBLAS 0", corename: "Haswell", threads: 2),
    env: ["OPENBLAS_NUM_THREADS": "2"], warnings: ["a warning"])

  static let peaks = Peaks(
    threads: 1, float32: .init(multiplyAdd: 100, matrixProduct: 90), float64: .init(multiplyAdd: 50, matrixProduct: 45),
    bandwidth: [
      .init(level: "L1", workingSet: 24 << 10, triad: 200, streaming: 20, read: 150),
      .init(level: "memory", workingSet: 64 << 20, triad: 10, streaming: 12, read: 8),
    ])

  static func report(_ results: [BenchmarkResult]) -> Report {
    Report(argv: ["adjoint-bench", "run"], machine: machine, peaks: [peaks], benchmarks: results)
  }

  static func result(_ samples: [Double], shape: [Int] = [1000]) -> BenchmarkResult {
    BenchmarkResult(item(size: shape[0], shape: shape), samples: samples, verified: true, stopReason: .criteriaMet)
  }
}
