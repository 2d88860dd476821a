import AdjointKernels

/// The first columns of a product of reflections.
enum HouseholderProduct {}

extension Expression {
  /// (I − τ₀·v₀·v₀ᵀ)·(I − τ₁·v₁·v₁ᵀ)…, where vᵢ is column i below the diagonal, with 1 on it and zeros above.
  func householderProduct(_ factors: Expression) -> Expression {
    let (m, n) = (shape.rows, shape.columns)
    let count = factors.shape[factors.shape.rank - 1]
    let vectors = Select.apply(
      mask: .diagonalMask(rows: m, columns: n), number(1), keepingTriangle(upper: false, diagonal: -1))
    var result = Expression.identityMatrix(m, n, type).expanded(to: shape)
    for index in stride(from: count - 1, through: 0, by: -1) {
      let v = vectors.asArray.narrowed(axis: shape.rank - 1, start: index, count: 1)
      let factor = factors.narrowed(axis: factors.shape.rank - 1, start: index, count: 1).asColumns
      result = (result - (v * factor).asArray.times(v.t.times(result))).asArray
    }
    return result
  }

  static func diagonalMask(rows: Int, columns: Int) -> Expression {
    leaf(.of((0..<rows * columns).map { $0 / columns == $0 % columns }), .bool, Shape(rows, columns))
  }
}

extension Tensor where Scalar: TensorFloatingPoint {
  /// The first n columns of the product of k reflections I − τ·v·vᵀ, as QR factorisations leave them: the vectors are the columns of
  /// this […, m, n] below the diagonal, with 1 on it, and the factors τ […, k].
  ///
  /// k ≤ n ≤ m. Two products of a matrix and a vector for each reflection; differentiable in both.
  public func householderProduct(_ factors: Tensor) -> Tensor {
    expression.checkMatrix("householderProduct", square: false)
    guard factors.rank == rank - 1, factors.shape.dropLast().elementsEqual(shape.batch),
      factors.shape[rank - 2] <= shape.columns, shape.columns <= shape.rows
    else {
      fatalError(
        "householderProduct: vectors of shape \(shape) and factors of shape \(factors.shape); they are […, m, n] and […, k] "
          + "with k ≤ n ≤ m")
    }
    return Tensor(expression.householderProduct(factors.expression))
  }

  /// ln det A, for each matrix of […, n, n]; −∞ where it is 0, NaN where it is negative.
  ///
  /// Derivative: g·A⁻ᵀ, and 0 where the determinant is negative.
  public func logDeterminant() -> Tensor {
    let (sign, logarithm) = expression.signedLogDeterminant()
    return Tensor(
      Select.apply(mask: Less.operation.apply(sign, sign.number(0)), logarithm.number(.nan), logarithm))
  }

  /// A⁻¹ where this tensor is the Cholesky factor of A: lower with A = L·Lᵀ, or `upper` with A = Uᵀ·U.
  ///
  /// - Throws: `singular` where the factor's diagonal holds an exact zero.
  public func choleskyInverse(upper: Bool = false) throws(LinearAlgebraError) -> Tensor {
    let identity = Tensor(Expression.identityMatrix(shape.rows, shape.rows, Scalar.elementType))
    return try choleskySolve(identity, upper: upper)
  }
}

extension Tensor where Scalar: TensorNumber {
  /// The powers 0, 1, … `count` − 1 of every element along a new last axis; as many as elements where no count is given. A scalar
  /// counts as a list of one.
  ///
  /// By running products. Derivative: exact where elements are 0.
  public func vander(count: Int? = nil) -> Tensor {
    if rank == 0 { return reshaped([1]).vander(count: count) }
    let count = count ?? shape[rank - 1]
    guard count >= 1 else { fatalError("vander: \(count) powers; there must be at least 1") }
    var full = shape
    full.append(count - 1)
    let ones = Tensor.ones(Shape(shape + [1]))
    if count == 1 { return ones }
    return .concatenate([ones, unsqueezed(axis: -1).broadcast(to: full).cumulativeProduct(axis: -1)], axis: -1)
  }
}
