import AdjointKernels

/// X with A·X = B, or Aᵀ·X = B, from the LU factors of A. Operands A, B, factors, pivots.
///
/// The factors are operands that no gradient flows to, so that one factorisation serves the value, both cotangents
/// and every tangent.
enum Solve {
  static func operation(transposed: Bool) -> Operation {
    Operation(
      "Solve", tag: Solve.self, parameters: [transposed ? 1 : 0],
      .opaque { call, values in
        let shape = call.operandShapes[0]
        let result = values[1].expandedCopy(call.type, from: call.operandShapes[1], to: call.shape)
        LUFactors(
          call.type, n: shape.rows, count: shape.batch.elementCount, factors: values[2].buffer,
          pivots: values[3].buffer
        ).solve(
          into: result, k: call.shape.columns, rightHandSides: call.shape.batch.elementCount,
          matrixOf: shape.batch.matrixNumbers(over: call.shape.batch), transposed: transposed)
        return result
      },
      .custom(
        jvp: { node, t in
          var right = t[1]?.expanded(to: node.x[1].shape)
          if let tangent = t[0]?.expanded(to: node.x[0].shape) {
            let product = (transposed ? tangent.t : tangent).times(node.y)
            right = right.map { $0 - product } ?? -product
          }
          return right.map { again(node, $0, transposed: transposed) }
        },
        vjp: { node, g in
          let right = again(node, g, transposed: !transposed)
          return [transposed ? -node.y.times(right.t) : -right.times(node.y.t), right, nil, nil]
        }))
  }

  /// The same matrices with another right-hand side.
  private static func again(_ node: Recorded, _ b: Expression, transposed: Bool) -> Expression {
    let a = node.x[0]
    let batch = a.shape.batch.broadcast(with: b.shape.batch)!
    return operation(transposed: transposed).record(
      b.type, Shape(batch + [b.shape.rows, b.shape.columns]),
      Operands([a, Expression(b.asNode, b.value), node.x[2], node.x[3]]))
  }
}

extension Expression {
  /// X with A·X = B.
  func solve(_ b: Expression) throws(LinearAlgebraError) -> Expression {
    let a = matrices("solve", square: true)
    let n = a.rows
    // PyTorch's rule: one axis, or exactly the batch and n, is a stack of vectors.
    let isVector = b.shape.rank == 1 || (b.shape.rank == shape.rank - 1 && b.shape == Shape(shape.dropLast()))
    let right = isVector ? b.asColumns : b
    right.checkMatrix("solve", square: false)
    guard let batch = a.batch.broadcast(with: right.shape.batch), right.shape.rows == n else {
      fatalError(
        "solve: shapes \(shape) and \(b.shape) do not fit; the right-hand side needs \(n) rows (or to be a vector of "
          + "\(n)), and the leading axes must broadcast")
    }
    let target = Shape(batch + [n, right.shape.columns])
    let operand = Expression(right.asNode, right.value ?? right.asNode.evaluated())
    let solution = operand.value!.expandedCopy(type, from: right.shape, to: target)
    let numbers = a.batch.matrixNumbers(over: batch)
    let isTracked = (a.expression.isTracked || operand.isTracked) && GradientMode.isEnabled
    if !isTracked && numbers == nil && n <= MatrixStack.smallOrder {
      let failure = LUFactors.solveSmall(type, n: n, count: a.count, a.buffer, into: solution, k: target.columns)
      try a.check(failure, "solve")
      let result = Expression.leaf(solution, type, target)
      return isVector ? result.reshaped(Shape(target.dropLast())) : result
    }
    let (lu, failure) = LUFactors.factor(
      type, n: n, count: a.count, a.buffer, solvingInto: numbers == nil ? solution : nil, k: target.columns)
    try a.check(failure, "solve")
    if let numbers {
      lu.solve(into: solution, k: target.columns, rightHandSides: batch.elementCount, matrixOf: numbers)
    }
    let result = Solve.operation(transposed: false).record(
      type, target, value: solution,
      Operands([
        a.expression, operand, .leaf(lu.factors, type, shape), .leaf(lu.pivots, .int32, Shape(shape.dropLast())),
      ]))
    return isVector ? result.reshaped(Shape(target.dropLast())) : result
  }
}

extension Tensor where Scalar: TensorFloatingPoint {
  /// X with A·X = B, where A is this tensor.
  ///
  /// Shapes: A […, n, n]; B […, n, k], or […, n] for one right-hand side per matrix, or [n]. Leading axes broadcast,
  /// and each matrix is factorised once. LU with partial pivoting. Orders up to 16 have their own kernels, in
  /// parallel over the batch; beyond, `getrf` factorises the transpose as it lies, and `trsm` (`trsv` for one) solves with it on
  /// row-major right-hand sides; small problems of a batch side by side. Cost 2n³/3 + 2n²k. Derivatives: A⁻ᵀ·g for B, −A⁻ᵀ·g·Xᵀ for A, with the same factors
  /// (Giles 2008).
  ///
  /// - Throws: `singular` with the first exact zero pivot; `nonFinite`.
  public func solve(_ b: Tensor) throws(LinearAlgebraError) -> Tensor { Tensor(try expression.solve(b.expression)) }
}
