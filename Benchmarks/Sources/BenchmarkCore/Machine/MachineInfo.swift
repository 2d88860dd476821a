/// The machine that figures were measured on, as it is written into every result.
public struct MachineInfo: Codable, Sendable, Equatable {
  /// A cache of the first processor.
  public struct Cache: Codable, Sendable, Equatable {
    /// `L1d`, `L2`, `L3`.
    public var name: String
    public var bytes: Int
    /// Processors that share it.
    public var sharedBy: Int

    public init(name: String, bytes: Int, sharedBy: Int) {
      self.name = name
      self.bytes = bytes
      self.sharedBy = sharedBy
    }
  }

  /// The OpenBLAS that the process is linked with.
  public struct BLASInfo: Codable, Sendable, Equatable {
    public var config: String
    public var corename: String
    public var threads: Int
  }

  public var cpuModel: String
  /// The instruction set of the library's kernels in use: `baseline`, `avx2`, `avx512`.
  public var isa: String
  /// The best one that the processor offers.
  public var isaOffered: String
  /// Processors that the process may use.
  public var cores: Int
  public var caches: [Cache]
  public var memBytes: Int
  public var os: String
  public var blas: BLASInfo
  /// Variables that change how the libraries compute.
  public var env: [String: String]
  /// What may make the figures worse than the machine's best, one sentence each.
  public var warnings: [String]

  /// The data caches, smallest first.
  public var dataCaches: [Cache] { caches.sorted { $0.bytes < $1.bytes } }

  /// Where data of a size lives when `threads` threads share it out: `L1`, `L2`, `L3` or `memory`.
  public func level(ofBytes bytes: Int, threads: Int) -> String {
    for cache in dataCaches {
      let instances = max(1, min(threads, (cores + cache.sharedBy - 1) / max(1, cache.sharedBy)))
      if bytes <= cache.bytes * instances { return MachineInfo.levelName(cache) }
    }
    return "memory"
  }

  /// `L1` for `L1d`.
  static func levelName(_ cache: Cache) -> String { String(cache.name.prefix(2)) }
}
