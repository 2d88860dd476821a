@testable import AdjointKernels

/// A matrix stored column by column, as LAPACK wants it.
struct Columns<Scalar: LAPACKScalar> {
  var storage: [Scalar]
  var rows: Int
  var columns: Int
  var leading: Int { max(1, rows) }

  init(_ rows: Int, _ columns: Int, _ element: (Int, Int) -> Scalar = { _, _ in 0 }) {
    self.rows = rows
    self.columns = columns
    storage = []
    for j in 0..<columns { for i in 0..<rows { storage.append(element(i, j)) } }
  }

  /// Numbers in −1 ..< 1 from a linear congruence.
  static func random(_ rows: Int, _ columns: Int, seed: UInt64) -> Columns {
    var state = seed &* 2_862_933_555_777_941_757 &+ 3_037_000_493
    return Columns(rows, columns) { _, _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Scalar(Int(state >> 33)) / Scalar(1 << 30) - 1
    }
  }

  static func identity(_ n: Int) -> Columns { Columns(n, n) { $0 == $1 ? 1 : 0 } }

  subscript(row: Int, column: Int) -> Scalar {
    get { storage[column * rows + row] }
    set { storage[column * rows + row] = newValue }
  }

  var transposed: Columns { Columns(columns, rows) { self[$1, $0] } }

  static func * (left: Columns, right: Columns) -> Columns {
    Columns(left.rows, right.columns) { i, j in (0..<left.columns).reduce(0) { $0 + left[i, $1] * right[$1, j] } }
  }

  static func - (left: Columns, right: Columns) -> Columns {
    Columns(left.rows, left.columns) { left[$0, $1] - right[$0, $1] }
  }

  var largest: Scalar { storage.map(\.magnitude).max() ?? 0 }

  /// Whether the largest difference is a small multiple of the rounding of the largest element.
  func isClose(to other: Columns, condition: Scalar = 1) -> Bool {
    let bound = 100 * condition * Scalar.ulpOfOne * max(1, max(largest, other.largest))
    return rows == other.rows && columns == other.columns && (self - other).storage.allSatisfy { $0.magnitude <= bound }
  }

  func part(_ rowCount: Int, _ columnCount: Int) -> Columns { Columns(rowCount, columnCount) { self[$0, $1] } }
  func triangle(_ triangle: BLAS.Triangle) -> Columns {
    Columns(rows, columns) { i, j in triangle == .upper ? (j >= i ? self[i, j] : 0) : (j <= i ? self[i, j] : 0) }
  }
}
