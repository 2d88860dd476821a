import AdjointKernels

/// The gradient by A of a function of A's eigenvalues, V·diag(g)·Vᵀ, where some of these are equal.
///
/// V alone has no derivative there: the vectors turn in no time. The gradient has one if the function treats equal values
/// alike, because g does so then: with P = Vᵀ·T·V it is V·(K ∘ P + diag(ġ))·Vᵀ, where K holds (gᵢ − gⱼ)/(λᵢ − λⱼ) and, for
/// equal values, what that goes to (Lewis and Sendov 2001). Derivatives of a third order are NaN.
enum EigenvalueGradient {
  /// `values` is the result of which `g` is the cotangent.
  static func record(
    _ a: Expression, _ rows: Expression, _ values: Expression, _ g: Expression, _ repeated: RepeatedValues
  ) -> Expression {
    let product = GradientMode.$isEnabled.withValue(false) { (rows.t * g.asRows).times(rows) }
    let operation = Operation(
      foreign: "EigenvalueGradient", .view { _, layout in layout },
      .custom(
        jvp: { node, t in
          let parts = Parts(node, repeated)
          var sum: Expression?
          if let t = t[1] { sum = parts.along(t.expanded(to: node.x[1].shape)) }
          if let t = t[4] {
            sum = .adding(sum, (parts.rows.t * t.expanded(to: node.x[3].shape).asRows).times(parts.rows))
          }
          return sum
        },
        vjp: { node, cotangent in
          let parts = Parts(node, repeated)
          return [nil, parts.along(cotangent), nil, nil, (parts.rows.times(cotangent) * parts.rows).lastSum]
        }))
    return operation.record(product.type, product.shape, Operands([product, a, rows, values, g]))
  }

  /// Operands: the result, A, the vectors, the values and g. What the result and the vectors depend on, it does by way of A.
  private struct Parts {
    let rows: Expression
    private let quotients: Expression

    init(_ node: Recorded, _ repeated: RepeatedValues) {
      let (a, values, g) = (node.x[1], node.x[3], node.x[4])
      let batch = a.shape.batch
      rows = repeated.undifferentiable(node.x[2], batch)
      let limits = repeated.limits(of: g, values.node!, a)
      quotients = repeated.quotients(g.expanded(to: values.shape), values, limits, areDifferences: true)
    }

    /// The part that the vectors' turning makes.
    func along(_ t: Expression) -> Expression {
      let p = rows.times(t).times(rows.t)
      return rows.t.times((p + p.t) * rows.number(0.5) * quotients).times(rows)
    }
  }
}

/// The gradient by A of a function of A's singular values, U·diag(g)·Vh, where some of these are equal or zero.
enum SingularValueGradient {
  static func record(
    _ a: Expression, _ packed: Expression, _ values: Expression, _ g: Expression, _ repeated: RepeatedValues
  ) -> Expression {
    let product = GradientMode.$isEnabled.withValue(false) { () -> Expression in
      let (u, vh) = SVD.vectors(packed, of: a)
      return (u * g.asRows).times(vh)
    }
    let operation = Operation(
      foreign: "SingularValueGradient", .view { _, layout in layout },
      .custom(
        jvp: { node, t in
          let parts = Parts(node, repeated)
          var sum: Expression?
          if let t = t[1] { sum = parts.along(t.expanded(to: node.x[1].shape)) }
          if let t = t[4] { sum = .adding(sum, (parts.u * t.expanded(to: node.x[3].shape).asRows).times(parts.vh)) }
          return sum
        },
        vjp: { node, cotangent in
          let parts = Parts(node, repeated)
          return [
            nil, parts.along(cotangent), nil, nil, (parts.u.t.times(cotangent) * parts.vh).lastSum,
          ]
        }))
    return operation.record(product.type, product.shape, Operands([product, a, packed, values, g]))
  }

  private struct Parts {
    let u: Expression
    let vh: Expression
    /// (gᵢ − gⱼ)/(sᵢ − sⱼ), (gᵢ + gⱼ)/(sᵢ + sⱼ), and gᵢ/sᵢ.
    private let symmetric, skew, single: Expression
    private let shape: Shape

    init(_ node: Recorded, _ repeated: RepeatedValues) {
      let (a, values) = (node.x[1], node.x[3])
      let g = node.x[4].expanded(to: values.shape)
      shape = a.shape
      let batch = shape.batch
      let packed = repeated.undifferentiable(node.x[2], batch)
      (u, vh) = SVD.vectors(packed, of: a)
      let limits = repeated.limits(of: node.x[4], values.node!, a)
      symmetric = repeated.quotients(g, values, limits, areDifferences: true)
      skew = repeated.quotients(g, values, limits, areDifferences: false)
      single = skew.matrixDiagonal
    }

    func along(_ t: Expression) -> Expression {
      let tv = t.times(vh.t)
      let p = u.t.times(tv)
      let half = u.number(0.5)
      var result = u.times(((p + p.t) * symmetric + (p - p.t) * skew) * half).times(vh)
      if shape.rows > shape.columns { result = result + ((tv - u.times(p)) * single.asRows).times(vh) }
      if shape.rows < shape.columns {
        result = result + u.times((u.t.times(t) - p.times(vh)) * single.asColumns)
      }
      return result
    }
  }
}

extension RepeatedValues {
  /// (gᵢ − gⱼ)/(λᵢ − λⱼ), or both with a plus, and their limits where they are 0/0. A value has no difference from itself.
  fileprivate func quotients(
    _ g: Expression, _ values: Expression, _ limits: [[Double]], areDifferences: Bool
  ) -> Expression {
    let batch = Shape(values.shape.dropLast())
    let ones = pairs(batch, diagonal: 1, onlyZeros: !areDifferences) { _, _ in 1 }
    let mask = Greater.operation.apply(ones, ones.number(0.5))
    let constants = pairs(batch, diagonal: 0, onlyZeros: !areDifferences) { limits[$0][$1] }.converted(to: values.type)
    let (above, below) =
      areDifferences
      ? (g.asColumns - g.asRows, values.asColumns - values.asRows)
      : (g.asColumns + g.asRows, values.asColumns + values.asRows)
    let quotients = Select.apply(
      mask: mask, constants, above / Select.apply(mask: mask, values.number(1), below))
    return undifferentiable(quotients, batch)
  }
}
