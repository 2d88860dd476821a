/// The sizes given with `--size`.
///
///     3,1000,100000     these
///     1Ki..16Mi*4       from 1,024 to 16,777,216, each 4 times the one before
///     1k..1M            decimal prefixes, each 2 times the one before
///     10..50+10         10, 20, 30, 40, 50
public struct SizeList: Sendable, Equatable {
  public var sizes: [Int]

  public init(_ sizes: [Int]) { self.sizes = sizes }

  /// Reads the notation above. Repeated sizes count once; the order is kept.
  public init(parsing text: String) throws(SelectionError) {
    var sizes: [Int] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      for size in try SizeList.expand(part) where !sizes.contains(size) { sizes.append(size) }
    }
    self.sizes = sizes
  }

  private static func expand(_ part: Substring) throws(SelectionError) -> [Int] {
    guard let dots = part.firstRange(of: "..") else { return [try number(part)] }
    let first = try number(part[..<dots.lowerBound])
    let rest = part[dots.upperBound...]
    let mark = rest.firstIndex { $0 == "*" || $0 == "+" }
    let last = try number(rest[..<(mark ?? rest.endIndex)])
    guard first <= last else {
      throw SelectionError("the range '\(part)' starts above its end")
    }
    let step = try mark.map { mark throws(SelectionError) in try number(rest[rest.index(after: mark)...]) } ?? 2
    let isProduct = mark.map { rest[$0] == "*" } ?? true
    guard isProduct ? step >= 2 : step >= 1 else {
      throw SelectionError("the range '\(part)' would never end: its factor must be at least 2")
    }
    var sizes: [Int] = []
    var size = first
    while size <= last {
      sizes.append(size)
      guard sizes.count <= 1000 else { throw SelectionError("the range '\(part)' has more than 1,000 sizes") }
      let (next, overflow) = isProduct ? size.multipliedReportingOverflow(by: step) : size.addingReportingOverflow(step)
      guard !overflow else { break }
      size = next
    }
    return sizes
  }

  /// A whole number of at least 1, with an optional prefix: k, M, G (decimal), Ki, Mi, Gi (binary).
  static func number(_ text: Substring) throws(SelectionError) -> Int {
    let digits = text.prefix { $0.isASCII && $0.isNumber || $0 == "_" }
    let prefixes = [
      "": 1, "k": 1000, "K": 1000, "M": 1_000_000, "G": 1_000_000_000,
      "Ki": 1 << 10, "ki": 1 << 10, "Mi": 1 << 20, "Gi": 1 << 30,
    ]
    let suffix = String(text[digits.endIndex...])
    guard let value = Int(digits.filter { $0 != "_" }), value >= 1, let factor = prefixes[suffix] else {
      throw SelectionError("'\(text)' is not a size: write a whole number of at least 1, such as 1000, 64Ki or 10M")
    }
    let (size, overflow) = value.multipliedReportingOverflow(by: factor)
    guard !overflow else { throw SelectionError("the size '\(text)' is too large") }
    return size
  }
}
