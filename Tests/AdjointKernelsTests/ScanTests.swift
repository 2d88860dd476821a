@_spi(Engine) import AdjointKernels
import Testing

/// Scans against plain loops, in lengths around those of parts and strips, along rows and columns, forwards and backwards.
@Suite struct ScanTests {
  private func values(_ count: Int) -> [Double] { (0..<count).map { Double(($0 &* 7919) % 1013) / 1013 - 0.4 } }

  @Test(arguments: [0, 1, 2, 1023, 1024, 1025, 4095, 4096, 4097, 5000, 16_385, 40_000], [1, 2])
  func longLines(count: Int, outer: Int) {
    let x = values(outer * count)
    let extents = Scans.Extents(outer: outer, count: count, inner: 1)
    for reversed in [false, true] {
      let y = Scans.sums(.of(x), .float64, extents, reversed: reversed).elements(Double.self, count: outer * count)
      let z = Scans.sums(.of(x.map { Float($0) }), .float32, extents, reversed: reversed)
        .elements(Float.self, count: outer * count)
      for line in 0..<outer {
        var (sum, wide) = (0.0, 0.0)
        for step in 0..<count {
          let at = line * count + (reversed ? count - 1 - step : step)
          sum += x[at]
          wide += Double(Float(x[at]))
          let bound = 1e-13 * Double(count)
          guard abs(y[at] - sum) <= bound, abs(Double(z[at]) - wide) <= bound + abs(wide) * 0x1p-24 else {
            Issue.record("\(outer) × \(count), reversed \(reversed), at \(at): \(y[at]), \(z[at]), not \(sum)")
            return
          }
        }
      }
    }
  }

  /// Whole numbers have exact sums: every element to the last bit, and infinities and NaN where they belong.
  @Test func exactSums() {
    var x = (0..<20_000).map { Double($0 % 17) - 8 }
    let extents = Scans.Extents(outer: 1, count: x.count, inner: 1)
    var sum = 0.0
    #expect(
      Scans.sums(.of(x), .float64, extents, reversed: false).elements(Double.self, count: x.count)
        == x.map {
          sum += $0; return sum
        })
    x[5000] = .infinity
    x[15_000] = -.infinity
    let y = Scans.sums(.of(x), .float64, extents, reversed: false).elements(Double.self, count: x.count)
    #expect(y[4999].isFinite && y[5000] == .infinity && y[14_999] == .infinity && y[15_000].isNaN && y[19_999].isNaN)
  }

  @Test(arguments: [1, 2, 255, 256, 257, 600])
  func columns(inner: Int) {
    let (outer, count) = (2, 37)
    let x = values(outer * count * inner)
    let a = x.map { $0 * 1.5 + 0.2 }
    let extents = Scans.Extents(outer: outer, count: count, inner: inner)
    let total = x.count
    let sums = Scans.sums(.of(x), .float64, extents, reversed: false).elements(Double.self, count: total)
    let reversed = Scans.sums(.of(x), .float64, extents, reversed: true).elements(Double.self, count: total)
    let products = Scans.products(.of(a), .float64, extents).elements(Double.self, count: total)
    let forward = Scans.recurrence(.of(a), .of(x), .float64, extents, transposed: false).elements(
      Double.self, count: total)
    let backward = Scans.recurrence(.of(a), .of(x), .float64, extents, transposed: true).elements(
      Double.self, count: total)
    let integers = Scans.sums(.of(x.map { Int64($0 * 100) }), .int64, extents, reversed: false)
      .elements(Int64.self, count: total)
    for o in 0..<outer {
      for i in 0..<inner {
        func at(_ k: Int) -> Int { (o * count + k) * inner + i }
        var (sum, back, product, s, t) = (0.0, 0.0, 1.0, 0.0, 0.0)
        var whole: Int64 = 0
        for k in 0..<count {
          sum += x[at(k)]
          whole += Int64(x[at(k)] * 100)
          s = x[at(k)] + (k == 0 ? 0 : a[at(k)] * s)
          product *= a[at(k)]
          #expect(
            sums[at(k)] == sum && integers[at(k)] == whole && products[at(k)] == product && forward[at(k)] == s,
            "\(o), \(k), \(i)")
        }
        for k in (0..<count).reversed() {
          back += x[at(k)]
          t = x[at(k)] + (k == count - 1 ? 0 : a[at(k + 1)] * t)
          #expect(reversed[at(k)] == back && backward[at(k)] == t, "\(o), \(k), \(i)")
        }
      }
    }
  }
}
