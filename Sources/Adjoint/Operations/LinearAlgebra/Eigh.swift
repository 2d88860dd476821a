import AdjointKernels

/// The eigenvalues of symmetric matrices. Operands A, the vectors (one per row), and the values themselves.
enum SymmetricEigenvalues {
  static let operation = Operation.evaluatedAtCall(
    "EigenvaluesSymmetric",
    jvp: { node, t in
      guard let t = t[0]?.expanded(to: node.x[0].shape) else { return nil }
      var rows = node.x[1]
      if let repeated = repeated(node.x[2]), !repeated.isDiagonal(rows.times(t).times(rows.t)) {
        rows = repeated.undifferentiable(rows, node.x[0].shape.batch)
      }
      return (rows.times(t) * rows).lastSum
    },
    vjp: { node, g in
      let (a, rows) = (node.x[0], node.x[1])
      if let repeated = repeated(node.x[2]) {
        return [EigenvalueGradient.record(a, rows, node.y, g, repeated), nil, nil]
      }
      return [(rows.t * g.asRows).times(rows), nil, nil]
    })

  /// The equal ones among the values, where it matters: to derivatives that are differentiated again.
  static func repeated(_ values: Expression) -> RepeatedValues? {
    guard GradientMode.isEnabled, values.shape.elementCount > 0 else { return nil }
    return RepeatedValues(values, bound: values.roundOff(values.shape[values.shape.rank - 1]), zerosCount: false)
  }

  static func record(_ a: Expression, _ rows: Expression, _ values: Expression) -> Expression {
    operation.record(a.type, values.shape, value: values.value!.buffer, Operands([a, rows, values]))
  }
}

/// The eigenvectors of symmetric matrices, one per row. Operands A and the values, untracked.
enum Eigh {
  static let operation = Operation.evaluatedAtCall(
    "Eigh",
    jvp: { node, t in
      t[0].map { tangent in
        let rows = vectors(node)
        let inner = rows.times(tangent.expanded(to: node.x[0].shape)).times(rows.t) * differences(node)
        return rows.t.times(inner).t
      }
    },
    vjp: { node, g in
      let rows = vectors(node)
      return [rows.t.times(rows.times(g.t) * differences(node)).times(rows), nil]
    })

  /// The vectors. What `differences` leaves out where values are equal has a derivative, so this has none there.
  private static func vectors(_ node: Recorded) -> Expression {
    SymmetricEigenvalues.repeated(node.x[1])?.undifferentiable(node.y, node.x[0].shape.batch) ?? node.y
  }

  /// 1/(λⱼ − λᵢ); 0 where they are equal to within rounding.
  private static func differences(_ node: Recorded) -> Expression {
    let values = SymmetricEigenvalues.record(node.x[0], node.y, node.x[1])
    let n = values.shape[values.shape.rank - 1]
    if values.shape.elementCount == 0 { return .full(0, values.type, node.node.shape) }
    let ends = values.detached()
    let axis = values.shape.rank - 1
    let (low, high) = (
      ends.narrowed(axis: axis, start: 0, count: 1), ends.narrowed(axis: axis, start: n - 1, count: 1)
    )
    // |λ| is largest at one end.
    let largest = (low.square() + high.square()).squareRoot()
    let bound = largest * values.number(values.roundOff(n))
    return (values.asRows - values.asColumns).reciprocal(beyond: bound.asColumns)
  }
}

extension Expression {
  func eigh(vectors: Bool = true) throws(LinearAlgebraError) -> (values: Expression, vectors: Expression) {
    let routine = vectors ? "eigh" : "eigenvaluesSymmetric"
    let a = matrices(routine, square: true)
    try a.checkFinite(routine)
    let isRecorded = a.expression.isTracked && GradientMode.isEnabled
    let (w, rows, failure) = Eigendecomposition.symmetric(
      type, n: a.rows, count: a.count, a.buffer, vectors: vectors || isRecorded)
    if let failure { throw .noConvergence(routine: routine, batch: failure.batch, unconverged: failure.info) }
    let values = Expression.leaf(w, type, a.shape(a.rows))
    guard isRecorded else { return (values, Expression.leaf(rows, type, shape).t) }
    let node = Eigh.operation.record(type, shape, value: rows, Operands(a.expression, values))
    return (SymmetricEigenvalues.record(a.expression, node, values), node.t)
  }
}

extension Tensor where Scalar: TensorFloatingPoint {
  /// Eigenvalues, ascending, and orthonormal eigenvectors (the columns) of symmetric matrices […, n, n].
  ///
  /// Only the lower triangle is read; A = V·diag(λ)·Vᵀ. LAPACK's `syevd`, on the memory as it lies. Derivatives:
  /// Giles 2008 and Walter & Lehmann 2018, as `torch.linalg.eigh`; A is taken as symmetric, so the cotangent may have
  /// parts in both triangles. Meaningful for functions that do not depend on the vectors' signs. Where eigenvalues
  /// are equal to within n·ε·|λ|max, the term 1/(λⱼ − λᵢ) counts as 0 instead of being infinite: right for functions of
  /// the eigenspace as a whole (projectors), while functions that weight its vectors differently have no derivative
  /// there, and functions that combine such vectors with functions of their values (V·diag(f(λ))·Vᵀ) miss what f′ makes of
  /// pairs of them. The values' derivative uses no such term. Its own derivative is right where values are equal, in reverse
  /// over reverse and forward over reverse mode, for functions that treat equal values alike, as Σf(λ); it is NaN for others, in
  /// other orders of modes, and beyond the second order, and so is that of the vectors' derivative.
  ///
  /// - Throws: `nonFinite`, `noConvergence`.
  public func eigh() throws(LinearAlgebraError) -> (values: Tensor, vectors: Tensor) {
    let (values, vectors) = try expression.eigh()
    return (Tensor(values), Tensor(vectors))
  }

  /// Eigenvalues, ascending, of symmetric matrices, of which the lower triangle is read.
  ///
  /// Without vectors where no derivative is asked for. Derivative: V·diag(g)·Vᵀ; second derivatives where values are equal as
  /// for ``eigh()``.
  ///
  /// - Throws: `nonFinite`, `noConvergence`.
  public func eigenvaluesSymmetric() throws(LinearAlgebraError) -> Tensor {
    Tensor(try expression.eigh(vectors: false).values)
  }
}
