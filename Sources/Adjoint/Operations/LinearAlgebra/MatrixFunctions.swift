import AdjointKernels

/// e to the power of a matrix.
enum MatrixExponential {
  static let operation = Operation(
    "MatrixExponential",
    .opaque { call, values in
      // The steps are expressions of their own, evaluated here: how many there are depends on the norms.
      let a = values[0].contiguous(call.type, call.shape).buffer
      if call.shape.elementCount == 0 { return a }
      return GradientMode.$isEnabled.withValue(false) {
        value(.leaf(a, call.type, call.shape)).asNode.evaluated().contiguous(call.type, call.shape).buffer
      }
    },
    .custom(
      // The exponential of [[A, T], [0, A]] has the derivative along T in its corner (Higham 2008, §3.2).
      jvp: { node, t in t[0].map { corner(node.x[0], $0.expanded(to: node.x[0].shape)) } },
      vjp: { node, g in [corner(node.x[0].t, g)] }))

  private static func corner(_ a: Expression, _ direction: Expression) -> Expression {
    let n = a.shape.rows
    let (rows, columns) = (a.shape.rank - 2, a.shape.rank - 1)
    let zero = Expression.full(0, a.type, a.shape)
    let block = Expression.concatenating(
      [.concatenating([a, direction], axis: columns), .concatenating([zero, a], axis: columns)], axis: rows)
    return block.matrixExponential().block(rows: 0..<n, columns: n..<2 * n)
  }

  /// Numerator coefficients of the [13/13] Padé approximant, which is within rounding for norms up to `radius`.
  private static let coefficients: [Double] = [
    64_764_752_532_480_000, 32_382_376_266_240_000, 7_771_770_303_897_600, 1_187_353_796_428_800, 129_060_195_264_000,
    10_559_470_521_600, 670_442_572_800, 33_522_128_640, 1_323_241_920, 40_840_800, 960_960, 16_380, 182, 1,
  ]
  private static let radius = 5.371920351148152

  /// Scaling and squaring, each matrix by its own power of two.
  static func value(_ a: Expression) -> Expression {
    let norms = Tensor<Double>(
      ((try? a.matrixNorm(.one)) ?? .full(0, a.type, a.shape.batch)).converted(to: .float64)
    ).scalars
    let powers = norms.map { norm in
      norm.isFinite && norm > radius ? exponent(norm / radius) : 0
    }
    let scales = Tensor<Double>(powers.map { Double(sign: .plus, exponent: -$0, significand: 1) }, shape: a.shape.batch)
      .expression.converted(to: a.type).asColumns.asColumns
    let x = a * scales
    let b = coefficients.map { x.number($0) }
    let identity = Expression.identityMatrix(x.shape.rows, x.shape.rows, x.type)
    let x2 = x.times(x)
    let x4 = x2.times(x2)
    let x6 = x4.times(x2)
    let odd =
      x6.times(b[13] * x6 + b[11] * x4 + b[9] * x2) + b[7] * x6 + b[5] * x4 + b[3] * x2 + b[1] * identity
    let u = x.times(odd)
    let v = x6.times(b[12] * x6 + b[10] * x4 + b[8] * x2) + b[6] * x6 + b[4] * x4 + b[2] * x2 + b[0] * identity
    var result = (v - u).inverseOrNotFinite().times(v + u)
    if let solved = try? (v - u).solve(v + u) { result = solved }
    for step in 0..<(powers.max() ?? 0) {
      let mask = Expression.leaf(.of(powers.map { $0 > step }), .bool, a.shape.batch).asColumns.asColumns
      result = Select.apply(mask: mask, result.times(result), result)
      _ = result.node!.evaluated()
    }
    return result
  }

  /// The least power of two that is not below a positive number.
  private static func exponent(_ ratio: Double) -> Int {
    let power = Int(ratio.exponent)
    return ratio.significand > 1 ? power + 1 : power
  }
}

extension Expression {
  func matrixExponential() -> Expression {
    checkMatrix("matrixExponential", square: true)
    return MatrixExponential.operation.record(type, shape, Expression(asNode, value))
  }

  /// A to a whole power, by repeated squaring.
  func matrixPower(_ exponent: Int) throws(LinearAlgebraError) -> Expression {
    checkMatrix("matrixPower", square: true)
    if exponent == 0 { return Expression.identityMatrix(shape.rows, shape.rows, type).expanded(to: shape) }
    var base = exponent < 0 ? try inverse() : self
    var rest = exponent.magnitude
    var result: Expression?
    while true {
      if rest & 1 == 1 { result = result.map { $0.times(base) } ?? base }
      rest >>= 1
      if rest == 0 { return result! }
      base = base.times(base)
    }
  }
}

extension Tensor where Scalar: TensorFloatingPoint {
  /// e^A = Σ Aᵏ/k!, for each matrix of […, n, n].
  ///
  /// Scaling and squaring with the [13/13] Padé approximant (Higham 2005): about 8 products, one solution, and log₂ ‖A‖₁
  /// further products. NaN and infinities propagate. Derivatives of every order, from the exponential of a block matrix
  /// of twice the order.
  public func matrixExponential() -> Tensor { Tensor(expression.matrixExponential()) }

  /// Aᵏ for each matrix of […, n, n], by repeated squaring; powers of the inverse for negative k, the identity for 0.
  ///
  /// - Throws: `singular` and `nonFinite` for negative powers.
  public func matrixPower(_ exponent: Int) throws(LinearAlgebraError) -> Tensor {
    Tensor(try expression.matrixPower(exponent))
  }
}
