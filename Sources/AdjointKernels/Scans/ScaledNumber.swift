/// significand · 2^exponent, with a range that no product of numbers leaves.
///
/// The significand lies in 1..<2 by magnitude, or is 0, infinite or NaN (and the exponent without meaning).
struct ScaledNumber {
  var significand: Double
  var exponent: Int

  static let one = ScaledNumber(1)
  static let zero = ScaledNumber(0)

  init(_ value: Double) { self.init(value, exponent: 0) }

  /// value · 2^exponent.
  @inline(__always) init(_ value: Double, exponent: Int) {
    var (value, exponent) = (value, exponent)
    var field = Int(value.bitPattern >> 52 & 0x7ff)
    if field == 0 && value != 0 {
      // A subnormal number times 2⁶⁴ is none.
      (value, exponent) = (value * 0x1p64, exponent - 64)
      field = Int(value.bitPattern >> 52 & 0x7ff)
    }
    if field == 0 || field == 0x7ff {
      (significand, self.exponent) = (value, 0)
    } else {
      significand = Double(bitPattern: value.bitPattern & ~(0x7ff << 52) | 1023 << 52)
      self.exponent = exponent + field - 1023
    }
  }

  @inline(__always) static func * (a: ScaledNumber, b: ScaledNumber) -> ScaledNumber {
    ScaledNumber(a.significand * b.significand, exponent: a.exponent + b.exponent)
  }

  static func + (a: ScaledNumber, b: ScaledNumber) -> ScaledNumber {
    if a.significand == 0 { return b }
    if b.significand == 0 { return a }
    guard a.significand.isFinite && b.significand.isFinite else {
      return ScaledNumber(a.significand + b.significand)
    }
    let (large, small) = a.exponent >= b.exponent ? (a, b) : (b, a)
    let gap = large.exponent - small.exponent
    if gap > 64 { return large }
    return ScaledNumber(
      large.significand + Double(sign: .plus, exponent: -gap, significand: small.significand), exponent: large.exponent)
  }

  /// The number rounded to Double: ±∞ or 0 where it is too large or too small.
  @inline(__always) var value: Double {
    if exponent > -1022 && exponent < 1024 && significand != 0 && significand.isFinite {
      return Double(bitPattern: UInt64(bitPattern: Int64(bitPattern: significand.bitPattern) + Int64(exponent) << 52))
    }
    guard significand != 0 && significand.isFinite else { return significand }
    return Double(sign: .plus, exponent: max(-2000, min(2000, exponent)), significand: significand)
  }
}
