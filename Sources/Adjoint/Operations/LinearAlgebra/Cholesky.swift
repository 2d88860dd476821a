import AdjointKernels

/// L with A = L·Lᵀ.
enum Cholesky {
  static let operation = Operation.evaluatedAtCall(
    "Cholesky",
    jvp: { node, t in
      t[0].map { tangent in
        let l = node.y
        let half = l.triangularSolve(tangent.expanded(to: l.shape), upper: false)
        let inner = l.t.triangularSolve(half, upper: true, left: false)
        return l.times(inner.lowerWithHalfDiagonal)
      }
    },
    vjp: { node, g in
      let l = node.y
      let inner = l.t.times(g).lowerWithHalfDiagonal
      let symmetric = (inner + inner.t) * l.number(0.5)
      return [l.triangularSolve(l.t.triangularSolve(symmetric, upper: true), upper: false, left: false)]
    })
}

/// A⁻¹·B with A = L·Lᵀ (or Uᵀ·U). Operands: the value, the factor and B.
///
/// The rule takes the factor's other triangle as a part of it, as PyTorch's does: its derivative there is that of L·Lᵀ.
enum CholeskySolve {
  static func operation(upper: Bool) -> Operation {
    Operation(
      "CholeskySolve", tag: CholeskySolve.self, parameters: [upper ? 1 : 0], .view { _, layout in layout },
      .custom(
        jvp: { node, t in
          let (factor, b) = (node.x[1], node.x[2])
          var right = t[2]?.expanded(to: b.shape)
          if let tangent = t[1]?.expanded(to: factor.shape) {
            let half = upper ? factor.t.times(tangent) : tangent.times(factor.t)
            let change = (half + half.t).times(node.y)
            right = right.map { $0 - change } ?? -change
          }
          return right.map { factor.choleskySolve($0, upper: upper) }
        },
        vjp: { node, g in
          let factor = node.x[1]
          let gb = factor.choleskySolve(g, upper: upper)
          let product = gb.times(node.y.t)
          let symmetric = product + product.t
          return [nil, -(upper ? factor.times(symmetric) : symmetric.times(factor)), gb]
        }),
      batching: { node, x, isBatched, _ in
        let rank = node.shape.rank
        return x[1].padded(to: rank, isBatched: isBatched[1])
          .choleskySolve(x[2].padded(to: rank, isBatched: isBatched[2]), upper: upper)
      })
  }
}

extension Expression {
  /// The lower triangle, the diagonal halved.
  fileprivate var lowerWithHalfDiagonal: Expression {
    keepingTriangle(upper: false) - (matrixDiagonal * number(0.5)).diagonalMatrices
  }

  func cholesky(upper: Bool) throws(LinearAlgebraError) -> Expression {
    let a = matrices("cholesky", square: true)
    // The upper factor is the transpose of the lower factor of the transpose.
    if upper { return try t.cholesky(upper: false).t }
    let (factor, failure) = CholeskyFactorization.run(type, n: a.rows, count: a.count, a.buffer, upper: false)
    if let failure, failure.info < 0 {
      // What the other triangle holds is of no account.
      try Matrices(
        expression: a.expression, buffer: factor, batch: a.batch, rows: a.rows, columns: a.columns
      ).checkFinite("cholesky")
    }
    if let failure { throw .notPositiveDefinite(routine: "cholesky", batch: failure.batch, order: failure.info) }
    return Cholesky.operation.record(type, shape, value: factor, Operands(a.expression))
  }

  /// X with L·Lᵀ·X = B (or Uᵀ·U·X = B).
  func choleskySolve(_ b: Expression, upper: Bool) -> Expression {
    let factor = detached()
    let first = (upper ? factor.t : factor).triangularSolve(b.detached(), upper: false)
    let value = (upper ? factor : factor.t).triangularSolve(first, upper: true)
    return CholeskySolve.operation(upper: upper).record(
      type, value.shape, Operands([value, Expression(asNode, self.value), Expression(b.asNode, b.value)]))
  }
}

extension Tensor where Scalar: TensorFloatingPoint {
  /// The triangular L with A = L·Lᵀ and a positive diagonal, or U = Lᵀ with `upper`, for each matrix of […, n, n].
  ///
  /// Only the lower triangle of A is read (the upper one with `upper`). LAPACK's `potrf` works on the row-major memory
  /// with its other choice of triangle: nothing is transposed. Orders up to 16 have a kernel of their own. Cost n³/3.
  /// Derivative: symmetric, L⁻ᵀ·Φ(Lᵀ·g)·L⁻¹ with Φ the lower triangle with half the diagonal (Murray 2016, §3).
  ///
  /// - Throws: `notPositiveDefinite` with the first leading block that is not; `nonFinite`.
  public func cholesky(upper: Bool = false) throws(LinearAlgebraError) -> Tensor {
    Tensor(try expression.cholesky(upper: upper))
  }

  /// X with A·X = B, where this tensor is the Cholesky factor of A: lower with A = L·Lᵀ, or `upper` with A = Uᵀ·U.
  ///
  /// Two triangular solves; leading axes broadcast. Derivatives: A⁻¹·g for B; −(S + Sᵀ)·L with S = A⁻¹·g·Xᵀ for the factor
  /// (−U·(S + Sᵀ) for an upper one), in both of its triangles, as in PyTorch.
  ///
  /// - Throws: `singular` where the factor's diagonal holds an exact zero.
  public func choleskySolve(_ b: Tensor, upper: Bool = false) throws(LinearAlgebraError) -> Tensor {
    let factor = expression.matrices("choleskySolve", square: true)
    if let zero = TriangularSystem.firstZero(factor.type, factor.buffer, n: factor.rows, count: factor.count) {
      throw .singular(routine: "choleskySolve", batch: zero.batch, pivot: zero.info - 1)
    }
    return Tensor(factor.expression.choleskySolve(b.expression, upper: upper))
  }
}
