/// How sure the ratio of two medians is.
public struct RatioInterval: Sendable, Equatable {
  /// median(new) / median(old).
  public var ratio: Double
  /// Bounds that hold the true ratio with the given confidence.
  public var low: Double
  public var high: Double

  public init(ratio: Double, low: Double, high: Double) {
    self.ratio = ratio
    self.low = low
    self.high = high
  }

  /// The percentile bootstrap (Efron, 1979): both sets are drawn from with replacement, `rounds` times, and the
  /// interval spans the middle of the ratios of their medians.
  ///
  /// The generator is seeded, so that the same samples give the same interval. Sets above 2,000 samples are
  /// drawn from 2,000 times: the interval is then a little wider than it need be.
  public init(old: [Double], new: [Double], confidence: Double = 0.95, rounds: Int = 1000, seed: UInt64 = 1) {
    precondition(!old.isEmpty && !new.isEmpty, "a ratio needs samples on both sides")
    var generator = SplitMix(state: seed)
    var ratios = [Double]()
    ratios.reserveCapacity(rounds)
    var drawnOld = [Double](repeating: 0, count: Swift.min(old.count, 2000))
    var drawnNew = [Double](repeating: 0, count: Swift.min(new.count, 2000))
    for _ in 0..<rounds {
      for k in drawnOld.indices { drawnOld[k] = old[generator.below(old.count)] }
      for k in drawnNew.indices { drawnNew[k] = new[generator.below(new.count)] }
      ratios.append(RatioInterval.median(drawnNew) / RatioInterval.median(drawnOld))
    }
    ratios.sort()
    ratio = RatioInterval.median(new) / RatioInterval.median(old)
    low = Statistics.quantile((1 - confidence) / 2, ofSorted: ratios)
    high = Statistics.quantile((1 + confidence) / 2, ofSorted: ratios)
  }

  /// Whether the interval leaves "no change" out.
  public var isSignificant: Bool { low > 1 || high < 1 }

  private static func median(_ samples: [Double]) -> Double { Statistics.quantile(0.5, ofSorted: samples.sorted()) }
}

/// A small generator of random numbers (SplitMix64; Steele, Lea and Flood, 2014).
public struct SplitMix: RandomNumberGenerator, Sendable {
  var state: UInt64

  public init(state: UInt64) { self.state = state }

  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// A number in 0 ..< bound, by the high half of a product: without the slow remainder.
  mutating func below(_ bound: Int) -> Int { Int(next().multipliedFullWidth(by: UInt64(bound)).high) }
}
