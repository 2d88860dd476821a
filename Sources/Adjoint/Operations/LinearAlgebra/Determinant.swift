import AdjointKernels

/// det A.
enum Determinant {
  static let operation = Operation(
    "Det",
    .opaque { call, values in
      let shape = call.operandShapes[0]
      let a = values[0].contiguous(call.type, shape).buffer
      return LUFactors.factor(call.type, n: shape.rows, count: shape.batch.elementCount, a).0.determinants().determinant
    },
    .custom(
      jvp: { node, t in
        t[0].map { tangent in
          (node.x[0].cofactors() * tangent.expanded(to: node.x[0].shape)).matrixSum
        }
      },
      vjp: { node, g in [node.x[0].cofactors() * g.asColumns.asColumns] }))
}

/// The matrix of cofactors, det(A)·A⁻ᵀ: the gradient of the determinant, polynomial in A and so defined for
/// singular matrices too.
enum Cofactors {
  static let operation = Operation(
    "Cofactors",
    .opaque { call, values in
      SingularValueDecomposition.cofactors(
        call.type, n: call.shape.rows, count: call.shape.batch.elementCount,
        values[0].contiguous(call.type, call.shape).buffer)
    },
    .custom(
      jvp: { node, t in t[0].map { node.x[0].cofactors(along: $0.expanded(to: node.x[0].shape)) } },
      // The second derivative of the determinant is symmetric: its transpose is itself.
      vjp: { node, g in [node.x[0].cofactors(along: g)] }))

  /// The derivative of the cofactors of x₀ along x₁. Its own derivative for x₀ is written with the inverse: it
  /// exists for matrices that are not singular.
  static let directional = Operation(
    "CofactorsAlong",
    .opaque { call, values in
      SingularValueDecomposition.cofactors(
        call.type, n: call.shape.rows, count: call.shape.batch.elementCount,
        values[0].contiguous(call.type, call.shape).buffer, along: values[1].contiguous(call.type, call.shape).buffer)
    },
    .custom(
      jvp: { node, t in
        var sum: Expression?
        if let tangent = t[1] { sum = node.x[0].cofactors(along: tangent.expanded(to: node.x[0].shape)) }
        if let tangent = t[0]?.expanded(to: node.x[0].shape) {
          sum = .adding(sum, third(node.x[0], node.x[1], tangent))
        }
        return sum
      },
      vjp: { node, g in
        // The third derivative of the determinant is symmetric in all of its directions.
        [third(node.x[0], node.x[1], g), node.x[0].cofactors(along: g)]
      }))

  /// With X = A⁻¹, h = X·H, k = X·K: the derivative of det·(tr h·Xᵀ − (X·H·X)ᵀ) along K.
  private static func third(_ a: Expression, _ h: Expression, _ k: Expression) -> Expression {
    let x = a.inverseOrNotFinite()
    let (p, q) = (x.times(h), x.times(k))
    let (traceP, traceQ) = (p.matrixDiagonal.lastSum, q.matrixDiagonal.lastSum)
    let traceQP = q.times(p).matrixDiagonal.lastSum
    func spread(_ scalar: Expression) -> Expression { scalar.asColumns.asColumns }
    let px = p.times(x)
    let qx = q.times(x)
    let inner =
      spread(traceP * traceQ - traceQP) * x - spread(traceQ) * px - spread(traceP) * qx + q.times(px) + p.times(qx)
    return spread(a.determinant()) * inner.t
  }
}

extension Expression {
  /// Sums over the last two axes, and over the last.
  var matrixSum: Expression { sum(mask: 3 << (shape.rank - 2), keepingDimensions: false) }
  var lastSum: Expression { sum(mask: 1 << (shape.rank - 1), keepingDimensions: false) }

  func determinant() -> Expression {
    checkMatrix("determinant", square: true)
    return Determinant.operation.record(type, shape.batch, Expression(asNode, value))
  }

  func cofactors() -> Expression { Cofactors.operation.record(type, shape, Expression(asNode, value)) }

  func cofactors(along h: Expression) -> Expression {
    Cofactors.directional.record(type, shape, Operands(Expression(asNode, value), Expression(h.asNode, h.value)))
  }
}

/// Sign and ln |det A|, side by side.
enum SignedLogDeterminant {
  static let operation = Operation(
    "SLogDet",
    .opaque { call, values in
      let shape = call.operandShapes[0]
      let count = shape.batch.elementCount
      let a = values[0].contiguous(call.type, shape).buffer
      let (sign, logarithm, _) = LUFactors.factor(call.type, n: shape.rows, count: count, a).0.determinants()
      let result = Buffer(byteCount: 2 * count * call.type.size)
      return result.interleaving(sign, logarithm, call.type, count: count)
    },
    .custom(
      jvp: { node, t in
        t[0].map { tangent in
          let x = node.x[0]
          let slope = (x.inverseOrNotFinite().t * tangent.expanded(to: x.shape)).matrixSum
          return Expression.concatenating(
            [Expression.full(0, x.type, Shape(x.shape.batch + [1])), slope.asColumns], axis: x.shape.rank - 2)
        }
      },
      vjp: { node, g in
        let logarithm = g.narrowed(axis: g.shape.rank - 1, start: 1, count: 1)
        return [node.x[0].inverseOrNotFinite().t * logarithm.asColumns]
      }))
}

extension Buffer {
  /// Two arrays alternately.
  fileprivate func interleaving(_ a: Buffer, _ b: Buffer, _ type: ElementType, count: Int) -> Buffer {
    spread(a, type, shape: [count], offset: 0, strides: [2])
    spread(b, type, shape: [count], offset: 1, strides: [2])
    return self
  }
}

extension Expression {
  func signedLogDeterminant() -> (sign: Expression, logarithm: Expression) {
    checkMatrix("signedLogDeterminant", square: true)
    let packed = SignedLogDeterminant.operation.record(type, Shape(shape.batch + [2]), Expression(asNode, value))
    let axis = packed.shape.rank - 1
    return (
      packed.narrowed(axis: axis, start: 0, count: 1).reshaped(shape.batch).detached(),
      packed.narrowed(axis: axis, start: 1, count: 1).reshaped(shape.batch)
    )
  }
}

extension Tensor where Scalar: TensorFloatingPoint {
  /// det A, for each matrix of […, n, n]; 0 for singular matrices, 1 for n = 0, NaN where A holds NaN.
  ///
  /// The product of the pivots of LU; it overflows where ``signedLogDeterminant()`` does not. Derivative: g times the
  /// matrix of cofactors, which is det(A)·A⁻ᵀ where A is regular, and is right where A is singular too, to second
  /// order: the cofactors and their derivative are taken from the singular values without division.
  public func determinant() -> Tensor { Tensor(expression.determinant()) }

  /// The sign of det A (−1, 0 or 1) and ln |det A|, for each matrix of […, n, n]; 0 and −∞ for singular ones.
  ///
  /// Derivative of the logarithm: g·A⁻ᵀ; not finite where A is singular. The sign has none.
  public func signedLogDeterminant() -> (sign: Tensor, logAbsoluteDeterminant: Tensor) {
    let (sign, logarithm) = expression.signedLogDeterminant()
    return (Tensor(sign), Tensor(logarithm))
  }
}
