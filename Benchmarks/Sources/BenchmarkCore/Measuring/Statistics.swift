/// The description of a set of samples. Every sample counts: outliers are numbered, none is dropped.
public struct Statistics: Sendable, Equatable {
  public var count: Int
  public var min: Double
  public var median: Double
  /// The median absolute deviation from the median, as it is: not scaled to a standard deviation.
  public var mad: Double
  public var mean: Double
  public var p25: Double
  public var p75: Double
  public var p95: Double
  public var max: Double
  /// Samples beyond 1.5 interquartile ranges from the quartiles (Tukey's inner fences), severe ones included.
  public var mildOutliers: Int
  /// Samples beyond 3 interquartile ranges from the quartiles.
  public var severeOutliers: Int

  /// Describes at least one sample.
  public init(_ samples: [Double]) {
    precondition(!samples.isEmpty, "statistics need a sample")
    let sorted = samples.sorted()
    count = sorted.count
    min = sorted[0]
    max = sorted[sorted.count - 1]
    mean = sorted.reduce(0, +) / Double(sorted.count)
    median = Statistics.quantile(0.5, ofSorted: sorted)
    p25 = Statistics.quantile(0.25, ofSorted: sorted)
    p75 = Statistics.quantile(0.75, ofSorted: sorted)
    p95 = Statistics.quantile(0.95, ofSorted: sorted)
    let center = median
    mad = Statistics.quantile(0.5, ofSorted: sorted.map { abs($0 - center) }.sorted())
    let (low, high) = (p25, p75)
    func beyond(_ ranges: Double) -> Int {
      let reach = ranges * (high - low)
      return sorted.count { $0 < low - reach || $0 > high + reach }
    }
    mildOutliers = beyond(1.5)
    severeOutliers = beyond(3)
  }

  /// The relative standard error of the median, estimated from the median absolute deviation.
  ///
  /// For normal samples σ ≈ 1.4826·MAD, and the median of n of them has a standard error of about 1.2533·σ/√n.
  /// It falls as samples are added, so it can serve as a goal; a few outliers do not move it.
  public var noise: Double {
    guard median > 0 else { return 0 }
    return 1.2533 * 1.4826 * mad / Double(count).squareRoot() / median
  }

  /// The quantile by linear interpolation between the two nearest of the sorted samples (type 7 of Hyndman and
  /// Fan, 1996: what NumPy and R do by default).
  public static func quantile(_ fraction: Double, ofSorted sorted: [Double]) -> Double {
    let position = fraction * Double(sorted.count - 1)
    let below = Int(position.rounded(.down))
    guard below + 1 < sorted.count else { return sorted[sorted.count - 1] }
    return sorted[below] + (position - Double(below)) * (sorted[below + 1] - sorted[below])
  }
}
