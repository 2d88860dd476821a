/// What one case gave, as it is written to JSON.
public struct BenchmarkResult: Codable, Sendable, Equatable {
  /// Nanoseconds per call.
  public struct Time: Codable, Sendable, Equatable {
    public var min, median, mad, mean, p25, p75, p95, max: Double

    public init(_ statistics: Statistics) {
      min = statistics.min
      median = statistics.median
      mad = statistics.mad
      mean = statistics.mean
      p25 = statistics.p25
      p75 = statistics.p75
      p95 = statistics.p95
      max = statistics.max
    }
  }

  /// Work per time, from the median: 10⁹ bytes, 10⁹ operations, and items a second; nil where a workload has none.
  public struct Rate: Codable, Sendable, Equatable {
    public var gbs, gflops, items: Double?

    public init(_ cost: Workload.Cost, nanoseconds: Double) {
      func rate(_ amount: Int, _ scale: Double) -> Double? {
        amount > 0 && nanoseconds > 0 ? Double(amount) / nanoseconds * scale : nil
      }
      gbs = rate(cost.bytes, 1)
      gflops = rate(cost.flops, 1)
      items = rate(cost.items, 1e9)
    }

    // Written out, so that an absent rate is null rather than missing.
    public func encode(to encoder: Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(gbs, forKey: .gbs)
      try container.encode(gflops, forKey: .gflops)
      try container.encode(items, forKey: .items)
    }
  }

  /// Tukey's outliers: counted, and part of every figure.
  public struct Outliers: Codable, Sendable, Equatable {
    public var mild, severe: Int

    public init(mild: Int, severe: Int) {
      self.mild = mild
      self.severe = severe
    }
  }

  public var id: String
  public var dtype: DataType
  public var shape: [Int]
  public var size: Int?
  public var threads: Int
  public var bytes: Int
  public var flops: Int
  public var items: Int
  public var samplesN: Int
  /// Nil for a case that was not measured, because it failed.
  public var timeNs: Time?
  public var rate: Rate?
  public var pctPeak: Double?
  /// Nil if the check was skipped.
  public var verified: Bool?
  public var stopReason: StopReason
  public var outliers: Outliers
  /// Why the case failed.
  public var failure: String?
  /// The samples themselves, in saved results only: comparisons need them.
  public var samplesNs: [Double]?

  /// A case that was measured.
  public init(_ item: WorkloadCase, samples: [Double], verified: Bool?, stopReason: StopReason) {
    let statistics = samples.isEmpty ? nil : Statistics(samples)
    let cost = item.cost
    id = item.workload.id
    dtype = item.dataType
    shape = item.shape
    size = item.size
    threads = item.threads
    bytes = cost.bytes
    flops = cost.flops
    items = cost.items
    samplesN = samples.count
    timeNs = statistics.map(Time.init)
    rate = statistics.map { Rate(cost, nanoseconds: $0.median) }
    self.verified = verified
    self.stopReason = stopReason
    outliers = Outliers(mild: statistics?.mildOutliers ?? 0, severe: statistics?.severeOutliers ?? 0)
    samplesNs = samples
  }

  /// A case that failed its check.
  public init(_ item: WorkloadCase, failure: String) {
    self.init(item, samples: [], verified: false, stopReason: .failed)
    self.failure = failure
  }

  /// What makes two results comparable.
  public var key: String { "\(id) \(dtype.rawValue) \(shape) \(threads)" }

  /// What the samples say, nil without samples.
  public var statistics: Statistics? { samplesNs.flatMap { $0.isEmpty ? nil : Statistics($0) } }

  public var shapeText: String { "[" + shape.map(String.init).joined(separator: ", ") + "]" }

  // Written out, so that what is unknown is null rather than missing.
  public func encode(to encoder: Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(id, forKey: .id)
    try container.encode(dtype, forKey: .dtype)
    try container.encode(shape, forKey: .shape)
    try container.encode(size, forKey: .size)
    try container.encode(threads, forKey: .threads)
    try container.encode(bytes, forKey: .bytes)
    try container.encode(flops, forKey: .flops)
    try container.encode(items, forKey: .items)
    try container.encode(samplesN, forKey: .samplesN)
    try container.encode(timeNs, forKey: .timeNs)
    try container.encode(rate, forKey: .rate)
    try container.encode(pctPeak, forKey: .pctPeak)
    try container.encode(verified, forKey: .verified)
    try container.encode(stopReason, forKey: .stopReason)
    try container.encode(outliers, forKey: .outliers)
    try container.encodeIfPresent(failure, forKey: .failure)
    try container.encodeIfPresent(samplesNs, forKey: .samplesNs)
  }
}
