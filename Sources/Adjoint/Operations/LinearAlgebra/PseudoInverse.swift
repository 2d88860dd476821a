import AdjointKernels

/// A⁺. The tolerances, relative and absolute, are parameters.
enum PseudoInverse {
  static func operation(relative: Double, absolute: Double) -> Operation {
    Operation(
      "PInv", tag: PseudoInverse.self,
      parameters: [Int(bitPattern: UInt(relative.bitPattern)), Int(bitPattern: UInt(absolute.bitPattern))],
      .opaque { call, values in
        let shape = call.operandShapes[0]
        return SingularValueDecomposition.pseudoInverse(
          call.type, m: shape.rows, n: shape.columns, count: shape.batch.elementCount,
          values[0].contiguous(call.type, shape).buffer, relative: relative, absolute: absolute
        ).0
      },
      .custom(
        jvp: { node, t in t[0].map { tangent(node.x[0], node.y, $0.expanded(to: node.x[0].shape)) } },
        vjp: { node, g in [cotangent(node.x[0], node.y, g)] }))
  }

  /// Golub & Pereyra 1973, for matrices whose rank stays: −Y·T·Y + (I − Y·A)·Tᵀ·Yᵀ·Y + Y·Yᵀ·Tᵀ·(I − A·Y).
  static func tangent(_ a: Expression, _ y: Expression, _ t: Expression) -> Expression {
    let first = t.t.times(y.t.times(y))
    let last = y.times(y.t).times(t.t)
    return (first - y.times(a.times(first))) + (last - last.times(a).times(y)) - y.times(t).times(y)
  }

  static func cotangent(_ a: Expression, _ y: Expression, _ g: Expression) -> Expression {
    let first = y.t.times(y).times(g.t)
    let last = g.t.times(y.times(y.t))
    return (first - first.times(y).times(a)) + (last - a.times(y.times(last))) - y.t.times(g).times(y.t)
  }
}

extension Expression {
  func pseudoInverse(relative: Double? = nil, absolute: Double = 0) throws(LinearAlgebraError) -> Expression {
    let a = matrices("pseudoInverse")
    try a.checkFinite("pseudoInverse")
    // PyTorch's default: none if an absolute tolerance is given.
    let relative = relative ?? (absolute > 0 ? 0 : roundOff(Swift.max(a.rows, a.columns)))
    let (buffer, failure) = SingularValueDecomposition.pseudoInverse(
      type, m: a.rows, n: a.columns, count: a.count, a.buffer, relative: relative, absolute: absolute)
    if let failure { throw .noConvergence(routine: "pseudoInverse", batch: failure.batch, unconverged: failure.info) }
    return PseudoInverse.operation(relative: relative, absolute: absolute).record(
      type, a.shape(a.columns, a.rows), value: buffer, Operands(a.expression))
  }

  /// The pseudo-inverse where a rule needs it; NaN where the singular values do not converge.
  func pseudoInverseOrNotFinite(relative: Double) -> Expression {
    PseudoInverse.operation(relative: relative, absolute: 0).record(
      type, Shape(shape.batch + [shape.columns, shape.rows]), Expression(asNode, value))
  }
}

extension Tensor where Scalar: TensorFloatingPoint {
  /// The Moore–Penrose inverse A⁺, […, n, m] for […, m, n].
  ///
  /// V·diag(1/s)·Uᵀ, where singular values of at most max(`absoluteTolerance`, `relativeTolerance`·s₀) count as 0. The
  /// relative tolerance defaults to max(m, n)·ε, or 0 where an absolute one is given. Derivative: Golub & Pereyra 1973,
  /// for a rank that stays the same near A.
  ///
  /// - Throws: `nonFinite`, `noConvergence`.
  public func pseudoInverse(
    relativeTolerance: Double? = nil, absoluteTolerance: Double = 0
  ) throws(LinearAlgebraError) -> Tensor {
    checkTolerance("pseudoInverse", "relativeTolerance", relativeTolerance)
    checkTolerance("pseudoInverse", "absoluteTolerance", absoluteTolerance)
    return Tensor(try expression.pseudoInverse(relative: relativeTolerance, absolute: absoluteTolerance))
  }
}
