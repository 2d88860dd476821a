import CKernels
import Testing

/// Reductions of rows and columns: every instruction set against a plain loop, and bit for bit against the baseline.
@Suite struct ReductionTests {
  private struct Case<T: KernelElement> {
    let name: String
    let reduction: ck_reduction
    let identity: T
    let combine: (T, T) -> T
    /// Sums of floating numbers are rounded in another order than the plain loop's.
    let tolerance: Double
  }

  private let lengths = Array(0...40) + [63, 64, 65, 100, 127, 128, 129, 200, 1000, 2100]

  private func value<T: KernelElement>(_ x: T) -> Double {
    switch x {
    case let x as Float: Double(x)
    case let x as Double: x
    case let x as Int64: Double(x)
    case let x as Int32: Double(x)
    case let x as UInt8: Double(x)
    default: .nan
    }
  }

  private func check<T: KernelElement>(_ c: Case<T>, _ values: [T]) {
    for length in lengths {
      let rows = length < 50 ? 5 : 2
      let a = (0..<(rows * length)).map { values[$0 % values.count] }
      var plain: [T] = []
      for r in 0..<rows { plain.append(a[(r * length)..<((r + 1) * length)].reduce(c.identity, c.combine)) }
      var baseline: [T] = []
      for table in KernelTable.all {
        var y = [T](repeating: values[0], count: rows + 1)
        y.withUnsafeMutableBytes { table.rows(c.reduction, T.type)!($0.baseAddress!, a, Int64(rows), Int64(length)) }
        if baseline.isEmpty { baseline = y }
        for r in 0..<rows {
          #expect(
            T.same(y[r], baseline[r]),
            "\(c.name) \(T.self) \(rows) × \(length) on \(table.name): not the baseline's bits")
          let close = T.same(y[r], plain[r]) || abs(value(y[r]) - value(plain[r])) <= c.tolerance * Double(length)
          #expect(close, "\(c.name) \(T.self) \(rows) × \(length) on \(table.name): got \(y[r]), expected \(plain[r])")
        }
        #expect(
          T.same(y[rows], values[0]), "\(c.name) \(T.self) \(rows) × \(length) on \(table.name): written past the end")
        checkColumns(c, a, rows, length, table)
      }
    }
  }

  // Columns are reduced in the order of the rows: exactly the plain loop.
  private func checkColumns<T: KernelElement>(_ c: Case<T>, _ a: [T], _ rows: Int, _ length: Int, _ table: KernelTable)
  {
    if let a = a as? [Float], c.reduction == CK_REDUCE_SUM { return checkWideColumns(a, rows, length, table) }
    var y = [T](repeating: c.identity, count: length + 1)
    y.withUnsafeMutableBytes { table.columns(c.reduction, T.type)!($0.baseAddress!, a, Int64(rows), Int64(length)) }
    for j in 0..<length {
      var expected = c.identity
      for r in 0..<rows { expected = c.combine(expected, a[r * length + j]) }
      if !T.same(y[j], expected) {
        Issue.record(
          "\(c.name) columns \(T.self) \(rows) × \(length) on \(table.name): column \(j), got \(y[j]), expected \(expected)"
        )
        return
      }
    }
    #expect(
      T.same(y[length], c.identity),
      "\(c.name) columns \(T.self) \(rows) × \(length) on \(table.name): written past the end")
  }

  /// Sums of Float are Double while they are made.
  private func checkWideColumns(_ a: [Float], _ rows: Int, _ length: Int, _ table: KernelTable) {
    var y = [Double](repeating: 0.25, count: length + 1)
    y.withUnsafeMutableBytes {
      table.columns(CK_REDUCE_SUM, CK_FLOAT32)!($0.baseAddress!, a, Int64(rows), Int64(length))
    }
    let expected = (0..<length).map { j in (0..<rows).reduce(0.25) { $0 + Double(a[$1 * length + j]) } }
    #expect(y == expected + [0.25], "sum of columns of Float, \(rows) × \(length) on \(table.name)")
  }

  private func checkFloats<T: FloatReference>(_: T.Type) {
    let values = (0..<997).map { T(($0 * 61) % 401 - 200) / 64 + 0.001 }
    check(
      Case(
        name: "sum", reduction: CK_REDUCE_SUM, identity: T(0), combine: { $0 + $1 }, tolerance: Double(T.ulpOfOne) * 8),
      values)
    let nearOne = values.map { 1 + $0 / 4096 }
    check(
      Case(
        name: "product", reduction: CK_REDUCE_PRODUCT, identity: T(1), combine: { $0 * $1 },
        tolerance: Double(T.ulpOfOne) * 8), nearOne)
    check(
      Case(name: "max", reduction: CK_REDUCE_MAX, identity: -T.infinity, combine: { T.largest($1, $0) }, tolerance: 0),
      values)
    check(
      Case(name: "min", reduction: CK_REDUCE_MIN, identity: T.infinity, combine: { T.smallest($1, $0) }, tolerance: 0),
      values)
  }

  private func checkIntegers<T: FixedWidthInteger & SignedInteger & KernelElement>(_: T.Type) {
    check(Case(name: "sum", reduction: CK_REDUCE_SUM, identity: T(0), combine: { $0 &+ $1 }, tolerance: 0), T.left)
    check(
      Case(name: "product", reduction: CK_REDUCE_PRODUCT, identity: T(1), combine: { $0 &* $1 }, tolerance: 0),
      T.left.map { $0 | 1 })
    check(Case(name: "max", reduction: CK_REDUCE_MAX, identity: T.min, combine: { max($0, $1) }, tolerance: 0), T.left)
    check(Case(name: "min", reduction: CK_REDUCE_MIN, identity: T.max, combine: { min($0, $1) }, tolerance: 0), T.left)
  }

  @Test func float32() { checkFloats(Float.self) }
  @Test func float64() { checkFloats(Double.self) }
  @Test func int64() { checkIntegers(Int64.self) }
  @Test func int32() { checkIntegers(Int32.self) }

  @Test func booleans() {
    check(
      Case(name: "any", reduction: CK_REDUCE_ANY, identity: UInt8(0), combine: { $0 | $1 }, tolerance: 0),
      (0..<97).map { $0 % 89 == 70 ? 1 : 0 })
    check(
      Case(name: "all", reduction: CK_REDUCE_ALL, identity: UInt8(1), combine: { $0 & $1 }, tolerance: 0),
      (0..<97).map { $0 % 89 == 70 ? 0 : 1 })
  }

  /// One NaN anywhere reaches the result.
  @Test(arguments: [1, 2, 3, 5, 8, 9, 16, 17, 33, 64, 100, 128, 300])
  func oneNaNIsEnough(length: Int) {
    for table in KernelTable.all {
      for reduction in [CK_REDUCE_SUM, CK_REDUCE_PRODUCT, CK_REDUCE_MAX, CK_REDUCE_MIN] {
        for position in 0..<length {
          var a = [Float](repeating: 1, count: length)
          var b = [Double](repeating: 1, count: length)
          a[position] = .nan
          b[position] = .nan
          var x: Float = 0
          var y: Double = 0
          table.rows(reduction, CK_FLOAT32)!(&x, a, 1, Int64(length))
          table.rows(reduction, CK_FLOAT64)!(&y, b, 1, Int64(length))
          #expect(
            x.isNaN && y.isNaN,
            "reduction \(reduction.rawValue) on \(table.name): \(length) elements, NaN at \(position)")
        }
      }
    }
  }
}
