import CKernels
import Foundation
import Testing

/// The functions of the gamma family, of normally distributed numbers, and Bessel's, with the largest error allowed in units in the
/// last place, with fused multiply-adds and without.
let specialFunctions: [(name: String, operation: ck_operation, bound: Double, bareBound: Double)] = [
  ("lgamma", CK_LGAMMA, 3, 4), ("digamma", CK_DIGAMMA, 4, 4), ("erfinv", CK_ERFINV, 2, 3), ("erfcx", CK_ERFCX, 2, 4),
  ("logNdtr", CK_LOG_NDTR, 4, 1000), ("i0", CK_I0, 4, 5), ("i0e", CK_I0E, 4, 5), ("i1", CK_I1, 4, 5),
  ("i1e", CK_I1E, 4, 5), ("sechSquare", CK_SECH_SQUARE, 4, 5),
]

/// Double against the values that `Reference/make_special_reference.py` computed with many digits; Float against Double.
@Suite struct SpecialFunctionTests {
  private static func references() throws -> [(name: String, x: [Double], y: [Double])] {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
    let text = try String(contentsOf: folder.appending(path: "Reference/special-references.txt"), encoding: .utf8)
    return text.split(separator: "= ").map { section in
      let lines = section.split(separator: "\n")
      let values = lines.dropFirst().map { $0.split(separator: " ").map { Double(bitPattern: UInt64($0, radix: 16)!) } }
      return (String(lines[0]), values.map { $0[0] }, values.map { $0[1] })
    }
  }

  @Test func doubleIsWithinItsBound() throws {
    let references = try Self.references()
    #expect(references.map(\.name) == specialFunctions.map(\.name))
    for (function, reference) in zip(specialFunctions, references) {
      for table in KernelTable.all {
        var y = [Double](repeating: 0, count: reference.x.count)
        table.loop(function.operation, CK_FLOAT64)!(&y, reference.x, nil, nil, Int64(y.count))
        let bound = table.name == "baseline" ? function.bareBound : function.bound
        for (place, expected) in reference.y.enumerated() where y[place] != expected {
          let error = abs(y[place] - expected) / expected.ulp
          #expect(
            error <= bound,
            "\(function.name) of \(reference.x[place]) on \(table.name): \(y[place]), \(error) ulp from \(expected)")
        }
      }
    }
  }

  @Test func floatFollowsDouble() throws {
    for (function, reference) in zip(specialFunctions, try Self.references()) {
      let x = reference.x.map { Float($0) }.filter { abs($0) < 1e30 }
      let wide = x.map { Double($0) }
      for table in KernelTable.all {
        var (y, expected) = ([Float](repeating: 0, count: x.count), [Double](repeating: 0, count: x.count))
        table.loop(function.operation, CK_FLOAT32)!(&y, x, nil, nil, Int64(x.count))
        table.loop(function.operation, CK_FLOAT64)!(&expected, wide, nil, nil, Int64(x.count))
        let bound = table.name == "baseline" ? function.bareBound : function.bound
        for place in x.indices {
          let nearest = Float(expected[place])
          if y[place] == nearest || nearest.isInfinite || abs(nearest) < 1e-37 { continue }
          let error = abs(Double(y[place]) - expected[place]) / Double(nearest.ulp)
          #expect(
            error <= bound,
            "\(function.name) of \(x[place]) on \(table.name): \(y[place]), \(error) ulp from \(nearest)")
        }
      }
    }
  }

  /// Values at the ends: each argument with its value.
  @Test func endsHaveTheirValues() {
    let cases: [(ck_operation, [(x: Double, y: Double)])] = [
      (
        CK_LGAMMA,
        [
          (0, .infinity), (-0.0, .infinity), (1, 0), (2, 0), (-3, .infinity), (.infinity, .infinity),
          (-.infinity, .infinity), (1e306, .infinity), (.nan, .nan), (Double.leastNonzeroMagnitude, 744.4400719213812),
        ]
      ),
      (
        CK_DIGAMMA,
        [(0, -.infinity), (-0.0, .infinity), (-2, .nan), (.infinity, .infinity), (-.infinity, .nan), (.nan, .nan)]
      ),
      (CK_ERFINV, [(1, .infinity), (-1, -.infinity), (1.5, .nan), (0, 0), (.nan, .nan), (.infinity, .nan)]),
      (CK_ERFCX, [(.infinity, 0), (-.infinity, .infinity), (-27, .infinity), (0, 1), (.nan, .nan)]),
      (CK_LOG_NDTR, [(.infinity, 0), (-.infinity, -.infinity), (.nan, .nan), (40, 0)]),
      (CK_I0, [(0, 1), (.infinity, .nan), (800, .infinity), (-800, .infinity), (.nan, .nan)]),
      (CK_I0E, [(0, 1), (.infinity, 0), (-.infinity, 0), (.nan, .nan)]),
      (CK_I1, [(0, 0), (.infinity, .nan), (-800, -.infinity), (.nan, .nan)]),
      (CK_I1E, [(0, 0), (.infinity, 0), (.nan, .nan)]),
      (CK_SECH_SQUARE, [(0, 1), (.infinity, 0), (-.infinity, 0), (1e300, 0), (.nan, .nan)]),
    ]
    for (operation, points) in cases {
      for table in KernelTable.all {
        var y = [Double](repeating: 0, count: points.count)
        table.loop(operation, CK_FLOAT64)!(&y, points.map(\.x), nil, nil, Int64(points.count))
        for (point, got) in zip(points, y) {
          #expect(got == point.y || got.isNaN && point.y.isNaN, "\(operation) of \(point.x) on \(table.name): \(got)")
        }
      }
    }
  }

  /// ζ(s, q) at its known values, and on both sides of 0 by the step ζ(s, q) = q^(−s) + ζ(s, q + 1).
  @Test func zetaFollowsItsRecurrence() {
    let loop = KernelTable.all[0].loop(CK_HURWITZ_ZETA, CK_FLOAT64)!
    func zeta(_ s: Double, _ q: Double) -> Double {
      var y = 0.0
      loop(&y, [s], [q], nil, 1)
      return y
    }
    #expect(abs(zeta(2, 1) - Double.pi * Double.pi / 6) < 1e-15)
    #expect(abs(zeta(4, 1) - pow(Double.pi, 4) / 90) < 1e-15)
    #expect(zeta(2, 0) == .infinity && zeta(3, -2) == .infinity && zeta(1, 2) == .infinity && zeta(0.5, 2).isNaN)
    for s in [2.0, 3, 4, 7] {
      for q in [-5.3, -1.75, -0.2, 0.1, 0.9, 3.5, 40] {
        let (left, right) = (zeta(s, q), pow(abs(q), -s) * (q < 0 && Int(s) % 2 == 1 ? -1 : 1) + zeta(s, q + 1))
        #expect(
          abs(left - right) <= 1e-12 * (abs(left) + abs(pow(abs(q), -s))),
          "ζ(\(s), \(q)) is \(left), \(right) by the step")
      }
    }
  }
}
