/// The numbers that a value's elements lie between. It keeps programs away from poles and overflow, so that each
/// difference between two ways to run one is a fault and not the noise of an ill-conditioned expression.
struct Interval: Equatable, Sendable {
  var low: Double
  var high: Double

  init(_ low: Double, _ high: Double) {
    self.low = low
    self.high = high
  }

  /// The hull of some numbers.
  init(hullOf numbers: Double...) {
    low = numbers.min()!
    high = numbers.max()!
  }

  var magnitude: Double { max(abs(low), abs(high)) }
  var isPositive: Bool { low >= 0.25 }
  var isAwayFromZero: Bool { low >= 0.25 || high <= -0.25 }

  func isInside(_ other: Interval) -> Bool { low >= other.low && high <= other.high }

  /// Under a monotonic function.
  func mapped(_ function: (Double) -> Double) -> Interval { Interval(hullOf: function(low), function(high)) }

  func joined(_ other: Interval) -> Interval { Interval(min(low, other.low), max(high, other.high)) }

  static func + (a: Interval, b: Interval) -> Interval { Interval(a.low + b.low, a.high + b.high) }
  static func - (a: Interval, b: Interval) -> Interval { Interval(a.low - b.high, a.high - b.low) }
  static func * (a: Interval, b: Interval) -> Interval {
    Interval(hullOf: a.low * b.low, a.low * b.high, a.high * b.low, a.high * b.high)
  }
  static func * (a: Double, b: Interval) -> Interval { Interval(a, a) * b }

  /// −m...m
  static func symmetric(_ magnitude: Double) -> Interval { Interval(-magnitude, magnitude) }
}

/// What is known of a value before it is computed.
struct Facet: Equatable, Sendable {
  var shape: [Int]
  var range: Interval

  var count: Int { shape.reduce(1, *) }
  var rank: Int { shape.count }
}
