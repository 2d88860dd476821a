import AdjointKernels

/// Xᵀ·X.
enum Gram {
  static let operation = Operation(
    "Gram",
    .opaque { call, values in
      let shape = call.operandShapes[0]
      return SymmetricProduct.gram(
        call.type, m: shape.rows, n: shape.columns, count: shape.batch.elementCount,
        values[0].contiguous(call.type, shape).buffer)
    },
    .custom(
      jvp: { node, t in
        t[0].map { tangent in
          let product = node.x[0].t.times(tangent.expanded(to: node.x[0].shape))
          return product + product.t
        }
      },
      vjp: { node, g in [node.x[0].times(g + g.t)] }))
}

extension Expression {
  func gram() -> Expression {
    checkMatrix("gram", square: false)
    return Gram.operation.record(
      type, Shape(shape.batch + [shape.columns, shape.columns]).checked("gram"), Expression(asNode, value))
  }

  /// Products of the elements of two arrays, in blocks.
  func kronecker(_ other: Expression) -> Expression {
    let rank = Swift.max(shape.rank, other.shape.rank)
    func padded(_ shape: Shape) -> [Int] { Array(repeating: 1, count: rank - shape.rank) + shape.dimensions }
    let (a, b) = (padded(shape), padded(other.shape))
    Shape.checkRank(2 * rank, "kronecker")
    _ = Shape(zip(a, b).map { $0.multipliedClamped(by: $1) }).checked("kronecker", "shapes \(shape) and \(other.shape)")
    // The blocks of empty arrays are arrays on the way to the result.
    _ = Shape(zip(a, b).flatMap { [$0, $1] }).checked("kronecker", "shapes \(shape) and \(other.shape)")
    let left = reshaped(Shape(a.flatMap { [$0, 1] }))
    let right = other.reshaped(Shape(b.flatMap { [1, $0] }))
    return (left * right).reshaped(Shape(zip(a, b).map { $0 * $1 }))
  }

  /// The product of matrices in the order that costs least.
  static func multiDot(_ matrices: [Expression]) -> Expression {
    let n = matrices.count
    let extents = matrices.map(\.shape.rows) + [matrices[n - 1].shape.columns]
    // cost[i][j]: the least work for the product of i...j; split[i][j]: its last product.
    var cost = Array(repeating: Array(repeating: 0.0, count: n), count: n)
    var split = Array(repeating: Array(repeating: 0, count: n), count: n)
    for length in stride(from: 1, to: n, by: 1) {
      for i in 0..<n - length {
        let j = i + length
        cost[i][j] = .infinity
        for k in i..<j {
          let work =
            cost[i][k] + cost[k + 1][j]
            + Double(extents[i]) * Double(extents[k + 1]) * Double(extents[j + 1])
          if work < cost[i][j] {
            cost[i][j] = work
            split[i][j] = k
          }
        }
      }
    }
    func product(_ i: Int, _ j: Int) -> Expression {
      i == j ? matrices[i] : product(i, split[i][j]).times(product(split[i][j] + 1, j))
    }
    return product(0, n - 1)
  }
}

extension Tensor where Scalar: TensorFloatingPoint {
  /// Xᵀ·X for each matrix of […, m, n]: half the work of the product, by BLAS's `syrk`.
  ///
  /// Derivative: X·(g + gᵀ).
  public func gram() -> Tensor { Tensor(expression.gram()) }

  /// The sum of the diagonal of each matrix of […, m, n].
  ///
  /// Derivative: g on the diagonal.
  public func trace() -> Tensor {
    expression.checkMatrix("trace", square: false)
    return Tensor(expression.matrixDiagonal.lastSum)
  }

  /// The product of two or more matrices in the order with the fewest multiplications.
  ///
  /// The first may be a vector (a row) and the last too (a column); those axes are dropped from the result. The order is
  /// found by dynamic programming, in time cubic in the number of matrices.
  public static func multiDot(_ tensors: [Tensor]) -> Tensor {
    guard tensors.count >= 2 else {
      fatalError("multiDot: \(tensors.count) tensors; a product takes at least 2")
    }
    var matrices = tensors.map(\.expression)
    let isRow = tensors[0].rank == 1
    let isColumn = tensors[tensors.count - 1].rank == 1
    if isRow { matrices[0] = matrices[0].asRows }
    if isColumn { matrices[matrices.count - 1] = matrices[matrices.count - 1].asColumns }
    for index in matrices.indices {
      guard matrices[index].shape.rank == 2,
        index == 0 || matrices[index - 1].shape.columns == matrices[index].shape.rows
      else {
        fatalError(
          "multiDot: shapes \(tensors.map(\.shape)) do not chain; each tensor must be a matrix (the first and the last "
            + "may be vectors) with as many rows as the one before has columns")
      }
    }
    _ = Shape(matrices[0].shape.rows, matrices[matrices.count - 1].shape.columns).checked("multiDot")
    let product = Expression.multiDot(matrices)
    var target = product.shape
    if isColumn { target = target.removing(axis: 1) }
    if isRow { target = target.removing(axis: 0) }
    return Tensor(product.reshaped(target))
  }
}

extension Tensor where Scalar: TensorNumber {
  /// The Kronecker product: every element of this tensor times the whole of the other, block by block.
  ///
  /// Element [i·p + k, j·q + l] is a[i, j]·b[k, l] for b of shape [p, q]; likewise for any rank, leading axes of 1 added.
  public func kronecker(_ other: Tensor) -> Tensor { Tensor(expression.kronecker(other.expression)) }
}
