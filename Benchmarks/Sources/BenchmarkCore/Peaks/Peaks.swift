/// What the machine can do at best with a number of threads, measured.
public struct Peaks: Codable, Sendable, Equatable {
  /// The bandwidth of a cache level or of the memory, in GB/s (10⁹ bytes a second).
  public struct Bandwidth: Codable, Sendable, Equatable {
    /// `L1`, `L2`, `L3`, `memory`.
    public var level: String
    /// Bytes that the measurement walked over, all threads together.
    public var workingSet: Int
    /// a = b + s·c, three arrays counted.
    public var triad: Double
    /// The same with stores that bypass the caches.
    public var streaming: Double
    /// Reading one array.
    public var read: Double

    /// The best of the three: what a percentage refers to.
    public var best: Double { max(triad, streaming, read) }

    public init(level: String, workingSet: Int, triad: Double, streaming: Double, read: Double) {
      self.level = level
      self.workingSet = workingSet
      self.triad = triad
      self.streaming = streaming
      self.read = read
    }
  }

  /// Arithmetic of one type, in GFLOP/s.
  public struct Arithmetic: Codable, Sendable, Equatable {
    /// Multiply-adds in registers.
    public var multiplyAdd: Double
    /// OpenBLAS's matrix product, 1024 rows and columns.
    public var matrixProduct: Double

    /// The better of both: what a percentage refers to.
    public var best: Double { max(multiplyAdd, matrixProduct) }

    public init(multiplyAdd: Double, matrixProduct: Double) {
      self.multiplyAdd = multiplyAdd
      self.matrixProduct = matrixProduct
    }
  }

  public var threads: Int
  public var float32: Arithmetic
  public var float64: Arithmetic
  public var bandwidth: [Bandwidth]

  public init(threads: Int, float32: Arithmetic, float64: Arithmetic, bandwidth: [Bandwidth]) {
    self.threads = threads
    self.float32 = float32
    self.float64 = float64
    self.bandwidth = bandwidth
  }

  public func arithmetic(_ type: DataType) -> Arithmetic { type == .float32 ? float32 : float64 }

  /// The percentage of the peak that bounds a workload, nil for those that none bounds.
  public func percent(
    of rate: BenchmarkResult.Rate, kind: Workload.Kind, type: DataType, footprint: Int, machine: MachineInfo
  ) -> Double? {
    switch kind {
    case .latency: return nil
    case .arithmetic:
      guard let gflops = rate.gflops, arithmetic(type).best > 0 else { return nil }
      return 100 * gflops / arithmetic(type).best
    case .bandwidth:
      let level = machine.level(ofBytes: footprint, threads: threads)
      guard let gbs = rate.gbs, let peak = bandwidth.first(where: { $0.level == level })?.best, peak > 0 else {
        return nil
      }
      return 100 * gbs / peak
    }
  }
}
