/// Where two ways to compute the same array differ first.
public struct Difference: Codable, Sendable, Equatable, CustomStringConvertible {
  var what: String
  var array: Int
  var place: Int
  var got: Double
  var expected: Double
  var differing: Int
  var count: Int

  public var description: String {
    "\(what) \(array), element \(place): got \(got), expected \(expected) (\(differing) of \(count) elements differ)"
  }

  /// The first array with an element that is not the same, within `tolerance` of one more than the array's largest
  /// magnitude; 0 asks for equal bits. NaN equals NaN.
  static func first(
    _ what: String, _ got: [[Double]], _ expected: [[Double]], tolerance: Double
  ) -> Difference? {
    for (array, (a, b)) in zip(got, expected).enumerated() {
      if let found = Self.between(what, array, a, b, tolerance: tolerance) { return found }
    }
    return nil
  }

  static func between(
    _ what: String, _ array: Int, _ got: [Double], _ expected: [Double], tolerance: Double
  ) -> Difference? {
    guard got.count == expected.count else {
      return Difference(
        what: what + " (count)", array: array, place: 0, got: Double(got.count), expected: Double(expected.count),
        differing: got.count, count: got.count)
    }
    // Equal arrays are the rule.
    if got == expected { return nil }
    var scale = 1.0
    if tolerance > 0 { for element in expected where element.isFinite { scale = max(scale, abs(element)) } }
    let allowed = tolerance * scale
    var first: Int?
    var differing = 0
    for place in got.indices {
      let (a, b) = (got[place], expected[place])
      if a == b || (a.isNaN && b.isNaN) || abs(a - b) <= allowed { continue }
      differing += 1
      if first == nil { first = place }
    }
    guard let first else { return nil }
    return Difference(
      what: what, array: array, place: first, got: got[first], expected: expected[first], differing: differing,
      count: got.count)
  }
}
