/// Results against older results of the same cases.
public struct Comparison: Sendable {
  /// How a case changed.
  public struct Change: Sendable, Equatable {
    public var interval: RatioInterval
    /// Whether the change is beyond the noise: the interval leaves 1 out.
    public var isSignificant: Bool { interval.isSignificant }

    public var text: String {
      isSignificant ? Units.change(interval.ratio) : "\(Units.change(interval.ratio)) (noise)"
    }

    public var color: Style.Color? { isSignificant ? (interval.ratio > 1 ? .red : .green) : .dim }
  }

  private let old: [String: BenchmarkResult]

  public init(old: Report) {
    self.old = Dictionary(old.benchmarks.map { ($0.key, $0) }, uniquingKeysWith: { $1 })
  }

  /// The older result of the same case.
  public func counterpart(of result: BenchmarkResult) -> BenchmarkResult? { old[result.key] }

  /// The change of a case, nil if one side has no samples.
  public func change(of result: BenchmarkResult) -> Change? {
    guard let before = counterpart(of: result), let samples = result.samplesNs, !samples.isEmpty,
      let oldSamples = before.samplesNs, !oldSamples.isEmpty
    else { return nil }
    return Change(interval: RatioInterval(old: oldSamples, new: samples))
  }

  /// The cases that became slower by more than a fraction, and surely so: the whole interval lies beyond the
  /// threshold.
  public func regressions(in report: Report, above threshold: Double) -> [BenchmarkResult] {
    report.benchmarks.filter { result in
      guard let change = change(of: result) else { return false }
      return change.isSignificant && change.interval.ratio > 1 + threshold && change.interval.low > 1
    }
  }

  /// A row per case that both sides have.
  public func table(_ report: Report) -> TextTable {
    var table = TextTable([
      .init("workload", isNumber: false), .init("type", isNumber: false), .init("shape", isNumber: false),
      .init("threads"), .init("old"), .init("new"), .init("change"), .init("95 % interval"),
    ])
    for result in report.benchmarks {
      guard let change = change(of: result), let before = counterpart(of: result)?.timeNs, let time = result.timeNs
      else { continue }
      table.rows.append([
        .init(result.id), .init(result.dtype.rawValue), .init(result.shapeText), .init("\(result.threads)"),
        .init(Units.time(before.median)), .init(Units.time(time.median)), .init(change.text, change.color),
        .init("\(Units.change(change.interval.low)) … \(Units.change(change.interval.high))"),
      ])
    }
    return table
  }

  /// A case that both sides have, for JSON.
  public struct Entry: Codable, Sendable {
    public var id: String
    public var dtype: DataType
    public var shape: [Int]
    public var threads: Int
    public var oldMedianNs, newMedianNs, ratio, ratioLow, ratioHigh: Double
    public var isSignificant: Bool
  }

  /// The cases that both sides have.
  public func entries(_ report: Report) -> [Entry] {
    report.benchmarks.compactMap { result in
      guard let change = change(of: result), let before = counterpart(of: result)?.timeNs, let time = result.timeNs
      else { return nil }
      return Entry(
        id: result.id, dtype: result.dtype, shape: result.shape, threads: result.threads, oldMedianNs: before.median,
        newMedianNs: time.median, ratio: change.interval.ratio, ratioLow: change.interval.low,
        ratioHigh: change.interval.high, isSignificant: change.isSignificant)
    }
  }

  /// The geometric mean of new/old over the cases of both sides, nil if there is none.
  public func geometricMean(_ report: Report) -> Double? {
    Comparison.geometricMean(report.benchmarks.compactMap { change(of: $0)?.interval.ratio })
  }
}
