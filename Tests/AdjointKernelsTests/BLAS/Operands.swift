@testable import AdjointKernels

/// Small whole numbers, so that every order of summation gives exactly the same result, and comparisons need no
/// tolerance.
struct WholeNumbers {
  private var state: UInt64
  init(seed: UInt64) { state = seed &* 2_862_933_555_777_941_757 &+ 3_037_000_493 }

  mutating func next<Scalar: BLASScalar>(_: Scalar.Type = Scalar.self) -> Scalar {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Scalar(Int(state >> 33) % 7 - 3)
  }

  mutating func array<Scalar: BLASScalar>(_ count: Int) -> [Scalar] { (0..<count).map { _ in next() } }

  mutating func vector<Scalar: BLASScalar>(_ count: Int, stride: Int) -> StridedVector<Scalar> {
    StridedVector(storage: array(count == 0 ? 0 : (count - 1) * abs(stride) + 1), count: count, stride: stride)
  }

  mutating func matrix<Scalar: BLASScalar>(_ rows: Int, _ columns: Int, padding: Int = 0) -> RowMatrix<Scalar> {
    let leading = max(1, columns + padding)
    return RowMatrix(storage: array(rows * leading), rows: rows, columns: columns, leading: leading)
  }
}

/// The meaning of a strided vector, written as plainly as possible.
struct StridedVector<Scalar: BLASScalar>: Equatable {
  var storage: [Scalar]
  var count: Int
  var stride: Int

  subscript(index: Int) -> Scalar {
    get { storage[position(index)] }
    set { storage[position(index)] = newValue }
  }
  private func position(_ index: Int) -> Int { stride > 0 ? index * stride : (count - 1 - index) * -stride }
}

/// The meaning of a matrix stored row by row.
struct RowMatrix<Scalar: BLASScalar>: Equatable {
  var storage: [Scalar]
  var rows: Int
  var columns: Int
  var leading: Int

  subscript(row: Int, column: Int) -> Scalar {
    get { storage[row * leading + column] }
    set { storage[row * leading + column] = newValue }
  }

  var transposed: RowMatrix {
    var result = RowMatrix(
      storage: Array(repeating: 0, count: columns * max(1, rows)), rows: columns, columns: rows, leading: max(1, rows))
    for i in 0..<rows { for j in 0..<columns { result[j, i] = self[i, j] } }
    return result
  }

  func applying(_ transpose: BLAS.Transpose) -> RowMatrix { transpose == .no ? self : transposed }

  /// α·self·other + β·c; β = 0 does not read c.
  func times(_ other: RowMatrix, alpha: Scalar, beta: Scalar, plus c: RowMatrix) -> RowMatrix {
    var result = c
    for i in 0..<rows {
      for j in 0..<other.columns {
        var sum: Scalar = 0
        for l in 0..<columns { sum += self[i, l] * other[l, j] }
        result[i, j] = alpha * sum + (beta == 0 ? 0 : beta * c[i, j])
      }
    }
    return result
  }

  /// The symmetric matrix of which this one's triangle is stored.
  func symmetric(_ triangle: BLAS.Triangle) -> RowMatrix {
    var result = self
    for i in 0..<rows {
      for j in 0..<i { if triangle == .upper { result[i, j] = self[j, i] } else { result[j, i] = self[i, j] } }
    }
    return result
  }

  /// The triangular matrix of which this one's triangle is stored.
  func triangular(_ triangle: BLAS.Triangle, _ diagonal: BLAS.Diagonal) -> RowMatrix {
    var result = self
    for i in 0..<rows {
      for j in 0..<columns where i != j { if (j > i) != (triangle == .upper) { result[i, j] = 0 } }
      if diagonal == .unit { result[i, i] = 1 }
    }
    return result
  }
}

let transposes: [BLAS.Transpose] = [.no, .yes]
let triangles: [BLAS.Triangle] = [.upper, .lower]
let diagonals: [BLAS.Diagonal] = [.stored, .unit]
