/// Numbers as a person reads them: decimal rates, binary sizes.
public enum Units {
  /// Nanoseconds with a unit that leaves one to three digits before the point: `1.23 µs`.
  public static func time(_ nanoseconds: Double) -> String {
    let units: [(Double, String)] = [(1, "ns"), (1e3, "µs"), (1e6, "ms"), (1e9, "s")]
    let unit = units.last { abs(nanoseconds) >= $0.0 * 0.9995 } ?? units[0]
    return "\(digits(nanoseconds / unit.0)) \(unit.1)"
  }

  /// A rate in the unit of its column: three significant digits.
  public static func rate(_ value: Double) -> String { digits(value) }

  /// A rate with a decimal prefix: `4.50 M`.
  public static func prefixed(_ value: Double) -> String {
    let units: [(Double, String)] = [(1, ""), (1e3, " k"), (1e6, " M"), (1e9, " G"), (1e12, " T")]
    let unit = units.last { abs(value) >= $0.0 * 0.9995 } ?? units[0]
    return "\(digits(value / unit.0))\(unit.1)"
  }

  /// A size in bytes with a binary prefix: `48 KiB`.
  public static func bytes(_ count: Int) -> String {
    let names = ["B", "KiB", "MiB", "GiB", "TiB"]
    var value = Double(count)
    var index = 0
    while value >= 1024, index < names.count - 1 {
      value /= 1024
      index += 1
    }
    return "\(trimmed(value)) \(names[index])"
  }

  /// A fraction in percent: `0.7 %`, `12 %`.
  public static func percent(_ fraction: Double) -> String {
    let value = fraction * 100
    return "\(fixed(value, abs(value) < 9.995 ? 1 : 0)) %"
  }

  /// A change in percent, with its sign: `+3.1 %`.
  public static func change(_ ratio: Double) -> String {
    let value = (ratio - 1) * 100
    return "\(value < 0 ? "−" : "+")\(fixed(abs(value), abs(value) < 9.995 ? 1 : 0)) %"
  }

  /// Three significant digits without an exponent.
  static func digits(_ value: Double) -> String {
    guard value.isFinite else { return "–" }
    let size = abs(value)
    if size > 0, size < 0.0095 { return fixed(value, 4) }
    return fixed(value, size < 9.995 ? 2 : size < 99.95 ? 1 : 0)
  }

  /// At most two digits after the point, and no zeros at the end.
  static func trimmed(_ value: Double) -> String {
    var text = fixed(value, 2)
    while text.hasSuffix("0") { text.removeLast() }
    if text.hasSuffix(".") { text.removeLast() }
    return text
  }

  /// A number with a fixed count of digits after the point.
  public static func fixed(_ value: Double, _ digits: Int) -> String {
    let scale = [1.0, 10, 100, 1000, 10_000][digits]
    guard abs(value) < 1e14 else { return "\(value)" }
    let scaled = Int((abs(value) * scale).rounded())
    let sign = value < 0 && scaled > 0 ? "-" : ""
    guard digits > 0 else { return "\(sign)\(scaled)" }
    let (whole, part) = scaled.quotientAndRemainder(dividingBy: Int(scale))
    let tail = String(part)
    return "\(sign)\(whole)." + String(repeating: "0", count: digits - tail.count) + tail
  }
}
