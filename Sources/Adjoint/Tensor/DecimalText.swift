/// Exactly rounded decimal texts of floating numbers: C's `%.4f` and `%.4e`.
///
/// The digits come from exact integer arithmetic on the number's bits. C's own functions depend on the process's
/// locale, and Swift's descriptions give the shortest digits, which round a second time to something else.
enum DecimalText {
  /// As `%.*f`: digits after the point, halves of the exact value to even.
  static func fixed(_ value: Double, digits: Int) -> String {
    var number = Digits(value)
    number.round(keeping: number.point + digits)
    var whole = String(decoding: number.text(from: 0, to: number.point), as: UTF8.self)
    if whole.isEmpty { whole = "0" }
    let fraction = String(decoding: number.text(from: number.point, to: number.point + digits), as: UTF8.self)
    return sign(value) + whole + (digits > 0 ? "." + fraction : "")
  }

  /// As `%.*e`: one digit before the point, at least two in the exponent.
  static func scientific(_ value: Double, digits: Int) -> String {
    var number = Digits(value)
    number.round(keeping: digits + 1)
    let text = String(decoding: number.text(from: 0, to: digits + 1), as: UTF8.self)
    let exponent = number.isZero ? 0 : number.point - 1
    let magnitude = String(exponent.magnitude)
    return sign(value) + text.prefix(1) + (digits > 0 ? "." + text.dropFirst() : "") + "e"
      + (exponent < 0 ? "-" : "+") + (magnitude.utf8.count < 2 ? "0" : "") + magnitude
  }

  private static func sign(_ value: Double) -> String { value.sign == .minus ? "-" : "" }
}

/// All the decimal digits of a finite number's magnitude: 0.d₀d₁d₂… · 10^point, where d₀ is not 0.
private struct Digits {
  private var digits: [UInt8] = []
  private(set) var point = 0

  var isZero: Bool { digits.isEmpty }

  init(_ value: Double) {
    let significand = value.significandBitPattern | (value.isNormal ? 1 << 52 : 0)
    let exponent = (value.isNormal ? Int(value.exponentBitPattern) : 1) - 1075
    // significand · 2^exponent, split at the point.
    let shift = max(0, -exponent)
    let whole = shift < 64 ? significand >> UInt64(shift) : 0
    var integer = Self.limbs(whole, shiftedLeft: max(0, exponent))
    var groups: [UInt32] = []
    while integer.contains(where: { $0 != 0 }) { groups.append(Self.divide(&integer)) }
    for group in groups.reversed() { append(group) }
    point = digits.count
    // The fraction as a multiple of 2^(-32 · limbs): every multiplication by 10⁹ pushes nine digits out at the top.
    let size = (shift + 31) / 32
    let rest = significand - (shift < 64 ? whole << UInt64(shift) : 0)
    var fraction = Self.limbs(rest, shiftedLeft: 32 * size - shift)
    fraction += [UInt32](repeating: 0, count: max(0, size - fraction.count))
    while fraction.contains(where: { $0 != 0 }) { append(Self.multiply(&fraction, size: size)) }
    let leading = digits.prefix { $0 == 0 }.count
    digits.removeFirst(leading)
    point -= leading
    if digits.isEmpty { point = 0 }
  }

  private mutating func append(_ group: UInt32) {
    var (rest, scale) = (group, 100_000_000 as UInt32)
    while scale > 0 {
      digits.append(UInt8(rest / scale))
      rest %= scale
      scale /= 10
    }
  }

  /// Little-endian 32-bit limbs of value · 2^shift.
  private static func limbs(_ value: UInt64, shiftedLeft shift: Int) -> [UInt32] {
    let (limb, bit) = (shift / 32, UInt64(shift % 32))
    let low = value << bit
    let high = bit == 0 ? 0 : value >> (64 - bit)
    return [UInt32](repeating: 0, count: limb) + [UInt32(truncatingIfNeeded: low), UInt32(low >> 32), UInt32(high)]
  }

  /// Divides by 10⁹; the remainder.
  private static func divide(_ limbs: inout [UInt32]) -> UInt32 {
    var remainder: UInt64 = 0
    for index in limbs.indices.reversed() {
      let value = remainder << 32 | UInt64(limbs[index])
      limbs[index] = UInt32(value / 1_000_000_000)
      remainder = value % 1_000_000_000
    }
    return UInt32(remainder)
  }

  /// Multiplies by 10⁹; what goes beyond `size` limbs.
  private static func multiply(_ limbs: inout [UInt32], size: Int) -> UInt32 {
    var carry: UInt64 = 0
    for index in 0..<size {
      let value = UInt64(limbs[index]) * 1_000_000_000 + carry
      limbs[index] = UInt32(truncatingIfNeeded: value)
      carry = value >> 32
    }
    return UInt32(carry)
  }

  /// Rounds to the first digits, halves to even.
  mutating func round(keeping count: Int) {
    guard count < digits.count else { return }
    guard count >= 0 else {
      (digits, point) = ([], point - count)
      return
    }
    let half = digits[count] == 5 && digits[(count + 1)...].allSatisfy { $0 == 0 }
    let up = half ? count > 0 && digits[count - 1] % 2 == 1 : digits[count] >= 5
    digits.removeLast(digits.count - count)
    guard up else { return }
    var index = count - 1
    while index >= 0 && digits[index] == 9 {
      digits[index] = 0
      index -= 1
    }
    if index >= 0 {
      digits[index] += 1
    } else {
      // 9.99 becomes 10.0: one digit more, and the point moves.
      digits.insert(1, at: 0)
      point += 1
    }
  }

  /// The characters of a range of places; places outside the digits are zeros, and there are none before the first.
  func text(from start: Int, to end: Int) -> [UInt8] {
    guard start < end else { return [] }
    return (start..<end).map { 48 + (digits.indices.contains($0) ? digits[$0] : 0) }
  }
}
