import AdjointKernels

/// The singular values as a function of A. Operands A, the packed vectors, and the values themselves.
///
/// The vectors are operands for the sake of the rule: ds = diag(Uᵀ·dA·V), in which they are themselves differentiable.
enum SingularValues {
  static let operation = Operation.evaluatedAtCall(
    "SingularValues",
    jvp: { node, t in
      guard let tangent = t[0] else { return nil }
      let (u, vh) = SVD.vectors(SVD.known(node.x[1], node.x[2], node.x[0]), of: node.x[0])
      return (u.t.times(tangent.expanded(to: node.x[0].shape)) * vh).lastSum
    },
    vjp: { node, g in
      if let repeated = SVD.repeated(node.x[2], node.x[0]) {
        return [SingularValueGradient.record(node.x[0], node.x[1], node.y, g, repeated), nil, nil]
      }
      let (u, vh) = SVD.vectors(node.x[1], of: node.x[0])
      return [(u * g.asRows).times(vh), nil, nil]
    })

  static func record(_ a: Expression, _ packed: Expression, _ values: Expression) -> Expression {
    operation.record(a.type, values.shape, value: values.value!.buffer, Operands([a, packed, values]))
  }
}

/// The singular vectors U and Vh, packed. Operands A and the singular values, untracked.
enum SVD {
  static let operation = Operation.evaluatedAtCall(
    "SVD",
    jvp: { node, t in
      guard let tangent = t[0]?.expanded(to: node.x[0].shape) else { return nil }
      let (a, batch) = (node.x[0], node.x[0].shape.batch)
      let (u, vh) = vectors(known(node.y, node.x[1], a), of: a)
      let s = SingularValues.record(a, node.y, node.x[1])
      let (gap, total, inverse) = differences(s, a.shape)
      let (au, av) = (u.t.times(tangent), tangent.times(vh.t))
      let p = au.times(vh.t)
      // What turns both bases alike, and what turns one against the other.
      let together = (p + p.t) * gap
      let apart = (p - p.t) * total
      let half = p.number(0.5)
      var du = u.times((together + apart) * half)
      var dvh = ((apart - together) * half).times(vh)
      if a.shape.rows > a.shape.columns { du = du + (av - u.times(p)) * inverse.asRows }
      if a.shape.rows < a.shape.columns { dvh = dvh + (au - p.times(vh)) * inverse.asColumns }
      return .packing([du, dvh], batch: batch)
    },
    vjp: { node, g in
      let a = node.x[0]
      let (m, n) = (a.shape.rows, a.shape.columns)
      let (u, vh) = vectors(known(node.y, node.x[1], a), of: a)
      let (gu, gvh) = vectors(g, of: a)
      let s = SingularValues.record(a, node.y, node.x[1])
      let (gap, total, inverse) = differences(s, a.shape)
      let (uu, vv) = (u.t.times(gu), vh.times(gvh.t))
      let (x, y) = (uu - uu.t, vv - vv.t)
      let inner = ((x + y) * gap + (x - y) * total) * s.number(0.5)
      var left = u.times(inner)
      var result: Expression
      if m > n {
        let scaled = gu * inverse.asRows
        left = left + scaled - u.times(u.t.times(scaled))
        result = left.times(vh)
      } else {
        result = left.times(vh)
        if m < n {
          let scaled = gvh * inverse.asColumns
          result = result + u.times(scaled - scaled.times(vh.t).times(vh))
        }
      }
      return [result, nil]
    })

  static func vectors(_ packed: Expression, of a: Expression) -> (u: Expression, vh: Expression) {
    let (m, n) = (a.shape.rows, a.shape.columns)
    let k = Swift.min(m, n)
    return (packed.unpacked(from: 0, m, k), packed.unpacked(from: m * k, k, n))
  }

  /// The equal ones among the values and those that are zero, where it matters: to derivatives that are differentiated again.
  static func repeated(_ values: Expression, _ a: Expression) -> RepeatedValues? {
    guard GradientMode.isEnabled else { return nil }
    return RepeatedValues(
      values, bound: values.roundOff(Swift.max(a.shape.rows, a.shape.columns)), zerosCount: true)
  }

  /// The vectors. What `differences` leaves out where values are equal has a derivative, so these have none there.
  static func known(_ packed: Expression, _ values: Expression, _ a: Expression) -> Expression {
    repeated(values, a)?.undifferentiable(packed, a.shape.batch) ?? packed
  }

  /// 1/(sⱼ − sᵢ), 1/(sⱼ + sᵢ), and 1/s. Values that are equal to within rounding, and values of zero, give 0: projectors on
  /// their space do not depend on the basis that was found.
  private static func differences(
    _ s: Expression, _ shape: Shape
  ) -> (gap: Expression, total: Expression, inverse: Expression) {
    if s.shape.elementCount == 0 {
      let empty = Expression.full(0, s.type, Shape(s.shape + [s.shape[s.shape.rank - 1]]))
      return (empty, empty, s)
    }
    let largest = s.detached().narrowed(axis: s.shape.rank - 1, start: 0, count: 1)
    let bound = largest * s.number(s.roundOff(Swift.max(shape.rows, shape.columns)))
    let gap = (s.asRows - s.asColumns).reciprocal(beyond: bound.asColumns)
    let total = (s.asRows + s.asColumns).reciprocal(beyond: bound.asColumns)
    return (gap, total, s.reciprocal(beyond: bound))
  }
}

extension Expression {
  func svd(fullMatrices: Bool) throws(LinearAlgebraError) -> (u: Expression, s: Expression, vh: Expression) {
    let a = matrices("svd")
    try a.checkFinite("svd")
    let (m, n, k) = (a.rows, a.columns, a.least)
    let isFull = fullMatrices && m != n
    let (u, s, vh, failure) = SingularValueDecomposition.run(
      type, m: m, n: n, count: a.count, a.buffer, vectors: isFull || (fullMatrices && k == 0) ? .full : .reduced)
    if let failure { throw .noConvergence(routine: "svd", batch: failure.batch, unconverged: failure.info) }
    let full = fullMatrices ? (m, n) : (k, k)
    let left = Expression.leaf(u, type, a.shape(m, full.0))
    let values = Expression.leaf(s, type, a.shape(k))
    let right = Expression.leaf(vh, type, a.shape(full.1, n))
    guard a.expression.isTracked && GradientMode.isEnabled else { return (left, values, right) }
    let (leading, leadingRight) = (
      left.block(rows: 0..<m, columns: 0..<k), right.block(rows: 0..<k, columns: 0..<n)
    )
    let packed = Expression.packing([leading, leadingRight], batch: a.batch)
    let value = packed.node!.evaluated().contiguous(type, packed.shape).buffer
    let vectors = SVD.operation.record(type, packed.shape, value: value, Operands(a.expression, values))
    var (U, V) = SVD.vectors(vectors, of: a.expression)
    // What completes the bases is not determined by A and takes no part in derivatives, as in PyTorch.
    if full.0 > k {
      U = .concatenating([U, left.block(rows: 0..<m, columns: k..<full.0)], axis: U.shape.rank - 1)
    }
    if full.1 > k {
      V = .concatenating([V, right.block(rows: k..<full.1, columns: 0..<n)], axis: V.shape.rank - 2)
    }
    return (U, SingularValues.record(a.expression, vectors, values), V)
  }

  func singularValues(_ routine: String) throws(LinearAlgebraError) -> Expression {
    if isTracked && GradientMode.isEnabled { return try svd(fullMatrices: false).s }
    let a = matrices(routine)
    try a.checkFinite(routine)
    let (_, s, _, failure) = SingularValueDecomposition.run(
      type, m: a.rows, n: a.columns, count: a.count, a.buffer, vectors: .none)
    if let failure { throw .noConvergence(routine: routine, batch: failure.batch, unconverged: failure.info) }
    return .leaf(s, type, a.shape(a.least))
  }
}

extension Tensor where Scalar: TensorFloatingPoint {
  /// U, s and Vh with A = U·diag(s)·Vh, for each matrix of […, m, n]; s descends.
  ///
  /// Shapes with k = min(m, n): U […, m, k], s […, k], Vh […, k, n]; with `fullMatrices` U is m × m and Vh n × n. LAPACK's
  /// `gesdd` on the transpose as it lies gives both, as they lie; where it does not converge, `gesvd` tries again.
  ///
  /// Derivatives: Townsend 2016, as `torch.linalg.svd`; meaningful for functions that do not depend on the vectors'
  /// signs. Where singular values are equal to within max(m, n)·ε·s₀, or a factor 1/s of so small a value occurs, that
  /// term counts as 0 instead of being infinite or NaN: right for functions of the common space as a whole (projectors),
  /// while functions that weight its vectors differently have no derivative there. U·Vh is right wherever A has full rank. The
  /// values' derivative uses no such term; its own derivative where values are equal or zero is as for ``eigh()``: right for
  /// functions that treat equal values alike and have no corner at zero, as Σs², and NaN otherwise. Vectors that only `fullMatrices` adds have none.
  ///
  /// - Throws: `nonFinite`, `noConvergence`.
  public func svd(fullMatrices: Bool = true) throws(LinearAlgebraError) -> (u: Tensor, s: Tensor, vh: Tensor) {
    let (u, s, vh) = try expression.svd(fullMatrices: fullMatrices)
    return (Tensor(u), Tensor(s), Tensor(vh))
  }

  /// The singular values, descending. Without vectors where no derivative is asked for.
  ///
  /// Derivative: U·diag(g)·Vh; second derivatives where values are equal or zero as for ``svd(fullMatrices:)``.
  ///
  /// - Throws: `nonFinite`, `noConvergence`.
  public func singularValues() throws(LinearAlgebraError) -> Tensor {
    Tensor(try expression.singularValues("singularValues"))
  }
}
