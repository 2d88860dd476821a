import AdjointKernels

/// The eigenvalues of symmetric matrices. Operands A, the vectors (one per row), and the values themselves.
enum SymmetricEigenvalues {
  static let operation = Operation.evaluatedAtCall(
    "EigenvaluesSymmetric",
    jvp: { node, t in
      t[0].map { (node.x[1].times($0.expanded(to: node.x[0].shape)) * node.x[1]).lastSum }
    },
    vjp: { node, g in [(node.x[1].t * g.asRows).times(node.x[1]), nil, nil] })

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
        let v = node.y.t
        let inner = node.y.times(tangent.expanded(to: node.x[0].shape)).times(v) * differences(node)
        return v.times(inner).t
      }
    },
    vjp: { node, g in
      let v = node.y.t
      return [v.times(node.y.times(g.t) * differences(node)).times(node.y), nil]
    })

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
  /// there. The values' derivative uses no such term.
  ///
  /// - Throws: `nonFinite`, `noConvergence`.
  public func eigh() throws(LinearAlgebraError) -> (values: Tensor, vectors: Tensor) {
    let (values, vectors) = try expression.eigh()
    return (Tensor(values), Tensor(vectors))
  }

  /// Eigenvalues, ascending, of symmetric matrices, of which the lower triangle is read.
  ///
  /// Without vectors where no derivative is asked for. Derivative: V·diag(g)·Vᵀ.
  ///
  /// - Throws: `nonFinite`, `noConvergence`.
  public func eigenvaluesSymmetric() throws(LinearAlgebraError) -> Tensor {
    Tensor(try expression.eigh(vectors: false).values)
  }
}
