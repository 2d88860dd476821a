import Adjoint

/// The w that minimises ‖A·w − b‖, from the normal equations AᵀA·w = Aᵀb by elimination with pivots.
///
/// Good enough for ten columns of like scale; the normal equations square the matrix's condition number.
func leastSquares(_ a: Tensor<Double>, _ b: Tensor<Double>) throws -> Tensor<Double> {
  let size = a.shape[1]
  let normal = a.transposed().matmul(a).scalars
  let right = a.transposed().matmul(b).scalars
  var rows = (0..<size).map { Array(normal[$0 * size..<($0 + 1) * size]) + [right[$0]] }
  for column in 0..<size {
    let pivot = (column..<size).max { abs(rows[$0][column]) < abs(rows[$1][column]) }!
    rows.swapAt(column, pivot)
    for row in 0..<size where row != column {
      let factor = rows[row][column] / rows[column][column]
      for k in column...size { rows[row][k] -= factor * rows[column][k] }
    }
  }
  return Tensor((0..<size).map { rows[$0][size] / rows[$0][$0] })
}
