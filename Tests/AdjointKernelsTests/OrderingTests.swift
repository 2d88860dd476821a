@_spi(Engine) import AdjointKernels
import Testing

/// Positions by order against comparisons, for every type, in lengths around those where the algorithm changes.
@Suite struct OrderingTests {
  private struct Random: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state ^ state >> 29
    }
  }

  private static let lengths = [1, 2, 3, 63, 64, 65, 127, 1000, 4097, 65_535, 65_537, 131_073]

  /// Elements drawn in ways that leave digits alike: few different ones, neighbours, everything.
  private func elements<T>(_ count: Int, _ seed: Int, _ make: (UInt64, Int) -> T) -> [[T]] {
    var random = Random(state: UInt64(seed))
    return (0..<4).map { kind in (0..<count).map { _ in make(random.next(), kind) } }
  }

  private func check<T>(
    _ values: [T], _ type: ElementType, _ isLess: (T, T) -> Bool, _ isNaN: (T) -> Bool, _ what: String
  ) where T: BitwiseCopyable {
    let count = values.count
    let x = Buffer.of(values)
    let ascending = values.indices.sorted {
      isLess(values[$0], values[$1]) || (!isLess(values[$1], values[$0]) && $0 < $1)
    }
    let descending = values.indices.sorted {
      isLess(values[$1], values[$0]) || (!isLess(values[$0], values[$1]) && $0 < $1)
    }
    func positions(_ buffer: Buffer, _ count: Int) -> [Int] {
      buffer.elements(Int64.self, count: count).map(Int.init)
    }
    let up = Ordering.sortedPositions(x, type, outer: 1, count: count, inner: 1, descending: false, kept: count)
    #expect(positions(up, count) == ascending, "ascending, \(what)")
    let down = Ordering.sortedPositions(x, type, outer: 1, count: count, inner: 1, descending: true, kept: count)
    #expect(positions(down, count) == descending, "descending, \(what)")
    let median = Ordering.medianPositions(x, type, outer: 1, count: count, inner: 1)
    let place = values.indices.first { isNaN(values[$0]) } ?? ascending[(count - 1) / 2]
    #expect(positions(median, 1) == [place], "median, \(what)")
  }

  @Test(arguments: lengths) func orders(count: Int) {
    func double(_ bits: UInt64, _ kind: Int) -> Double {
      switch kind {
      case 0: return [-0.0, 0, 1, -1, .infinity, -.infinity][Int(bits >> 40) % 6]
      case 1: return 1 + Double(bits >> 40) * 0x1p-52
      case 2: return Double(Int64(bitPattern: bits)) * 0x1p-60
      default: return bits >> 40 & 7 == 0 ? .nan : Double(bitPattern: bits)
      }
    }
    for (kind, values) in elements(count, count, double).enumerated() {
      let what = "\(count) elements of kind \(kind)"
      check(values, .float64, { $0 < $1 || ($1.isNaN && !$0.isNaN) }, { $0.isNaN }, what)
      check(values.map { Float($0) }, .float32, { $0 < $1 || ($1.isNaN && !$0.isNaN) }, { $0.isNaN }, what)
      let integers = values.map { Int64(truncatingIfNeeded: $0.bitPattern) >> (16 * kind) }
      check(integers, .int64, { $0 < $1 }, { _ in false }, what)
      check(integers.map { Int32(truncatingIfNeeded: $0) }, .int32, { $0 < $1 }, { _ in false }, what)
      check(integers.map { UInt8($0 & 1) }, .bool, { $0 < $1 }, { _ in false }, what)
    }
  }

  /// Lines along any axis are those of the transposed array.
  @Test func strides() {
    var random = Random(state: 9)
    let (outer, count, inner) = (3, 130, 5)
    let values = (0..<outer * count * inner).map { _ in Float(random.next() >> 58) }
    let x = Buffer.of(values)
    let sorted = Ordering.sortedPositions(
      x, .float32, outer: outer, count: count, inner: inner, descending: false, kept: 70
    )
    .elements(Int64.self, count: outer * 70 * inner)
    let medians = Ordering.medianPositions(x, .float32, outer: outer, count: count, inner: inner)
      .elements(Int64.self, count: outer * inner)
    for o in 0..<outer {
      for i in 0..<inner {
        let line = (0..<count).map { values[(o * count + $0) * inner + i] }
        let expected = line.indices.sorted { (line[$0], $0) < (line[$1], $1) }
        #expect((0..<70).map { Int(sorted[(o * 70 + $0) * inner + i]) } == Array(expected[..<70]), "line \(o), \(i)")
        #expect(Int(medians[o * inner + i]) == expected[(count - 1) / 2], "line \(o), \(i)")
      }
    }
  }
}
