import AdjointKernels

/// A⁻¹.
enum Inverse {
  /// The kernel serves rules, which cannot throw: a singular matrix gives what is not finite.
  static let operation = Operation(
    "Inverse",
    .opaque { call, values in
      let n = call.shape.rows
      let a = values[0].contiguous(call.type, call.shape).buffer
      return LUFactors.inverses(call.type, n: n, count: call.shape.batch.elementCount, a).0
    },
    .custom(
      jvp: { node, t in t[0].map { -node.y.times($0.expanded(to: node.x[0].shape)).times(node.y) } },
      vjp: { node, g in [-node.y.t.times(g).times(node.y.t)] }))
}

extension Expression {
  func inverse() throws(LinearAlgebraError) -> Expression {
    let a = matrices("inverse", square: true)
    let (inverses, failure) = LUFactors.inverses(type, n: a.rows, count: a.count, a.buffer)
    try a.check(failure, "inverse")
    return Inverse.operation.record(type, shape, value: inverses, Operands(a.expression))
  }

  /// The inverse where a rule needs it; not finite where there is none.
  func inverseOrNotFinite() -> Expression { Inverse.operation.record(type, shape, Expression(asNode, value)) }
}

extension Tensor where Scalar: TensorFloatingPoint {
  /// A⁻¹, for each matrix of […, n, n].
  ///
  /// LU with partial pivoting, then `getri` on the factors of the transpose: the inverse of Aᵀ is the transpose
  /// of A⁻¹, so nothing is transposed. To solve equations use ``solve(_:)``: it is faster and more accurate.
  /// Derivative: −A⁻ᵀ·g·A⁻ᵀ (Giles 2008).
  ///
  /// - Throws: `singular` with the first exact zero pivot; `nonFinite`.
  public func inverse() throws(LinearAlgebraError) -> Tensor { Tensor(try expression.inverse()) }
}
