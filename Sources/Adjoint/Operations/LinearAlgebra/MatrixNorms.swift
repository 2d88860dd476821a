import AdjointKernels

/// Which norm of a matrix.
public enum MatrixNormOrder: Sendable, Hashable {
  /// √Σ|aᵢⱼ|².
  case frobenius
  /// The sum of the singular values.
  case nuclear
  /// The largest singular value.
  case two
  /// The smallest singular value.
  case minusTwo
  /// The largest sum of a column's magnitudes.
  case one
  /// The smallest sum of a column's magnitudes.
  case minusOne
  /// The largest sum of a row's magnitudes.
  case infinity
  /// The smallest sum of a row's magnitudes.
  case minusInfinity
}

extension Expression {
  /// |x|, with slope 0 at 0.
  fileprivate var magnitudes: Expression {
    let zero = number(0)
    let negative = Less.operation.apply(self, zero)
    return Select.apply(
      mask: negative, -self, Select.apply(mask: Equal.operation.apply(self, zero), zero, self))
  }

  /// A norm of matrices that lie in the last two axes; the axes are dropped.
  func matrixNorm(_ order: MatrixNormOrder) throws(LinearAlgebraError) -> Expression {
    checkMatrix("matrixNorm", square: false)
    let (row, column) = (1 << (shape.rank - 2), 1 << (shape.rank - 1))
    func checkExtremes(_ extent: Int) {
      if extent == 0 {
        fatalError("matrixNorm: matrices of shape \(shape) have no \(order) norm; there is nothing to compare")
      }
    }
    func summed(over inner: Int, _ operation: Operation, over outer: Int, _ extent: Int) -> Expression {
      checkExtremes(extent)
      return magnitudes.sum(mask: inner).extreme(operation, mask: outer).reshaped(shape.batch)
    }
    switch order {
    case .frobenius: return norm(2, mask: row | column, keepingDimensions: false)
    case .nuclear: return try singularValues("matrixNorm").lastSum
    case .two, .minusTwo:
      checkExtremes(Swift.min(shape.rows, shape.columns))
      let values = try singularValues("matrixNorm")
      let axis = values.shape.rank - 1
      return values.extreme(order == .two ? Maximal.operation : Minimal.operation, mask: 1 << axis)
        .reshaped(shape.batch)
    case .one: return summed(over: row, Maximal.operation, over: column, shape.columns)
    case .minusOne: return summed(over: row, Minimal.operation, over: column, shape.columns)
    case .infinity: return summed(over: column, Maximal.operation, over: row, shape.rows)
    case .minusInfinity: return summed(over: column, Minimal.operation, over: row, shape.rows)
    }
  }
}

extension Tensor where Scalar: TensorFloatingPoint {
  /// A norm of the matrices in two axes, the rows' axis first; the two axes are dropped unless `keepingDimensions`.
  ///
  /// The Frobenius norm does not overflow before its result does. Derivatives: of sums of magnitudes, signs (0 at 0);
  /// of largest and smallest values, shared among ties; of norms of singular values, U·Vh restricted to the values that
  /// count (see ``svd(fullMatrices:)``).
  ///
  /// - Throws: `nonFinite`, `noConvergence`, for the orders that need singular values.
  public func matrixNorm(
    _ order: MatrixNormOrder = .frobenius, axes: (rows: Int, columns: Int) = (-2, -1), keepingDimensions: Bool = false
  ) throws(LinearAlgebraError) -> Tensor {
    let (row, column) = (shape.checkedAxis(axes.rows, "matrixNorm"), shape.checkedAxis(axes.columns, "matrixNorm"))
    guard row != column else {
      fatalError("matrixNorm: axes \(axes.rows) and \(axes.columns) of shape \(shape) are the same; two are needed")
    }
    let moved = expression.permuted(shape.indices.filter { $0 != row && $0 != column } + [row, column])
    let norm = try moved.matrixNorm(order)
    return Tensor(keepingDimensions ? norm.reshaped(shape.keeping(1 << row | 1 << column)) : norm)
  }

  /// The condition number of each matrix: the norm of A times that of A⁻¹; +∞ for singular ones.
  ///
  /// For orders `two` and `minusTwo` s₀/sₖ and its inverse, for matrices of any shape; for the others the matrices are
  /// square. Differentiable where finite.
  ///
  /// - Throws: `nonFinite`, `noConvergence`.
  public func conditionNumber(_ order: MatrixNormOrder = .two) throws(LinearAlgebraError) -> Tensor {
    if order == .two || order == .minusTwo {
      let largest = try expression.singularValues("conditionNumber")
      let axis = largest.shape.rank - 1
      let count = largest.shape[axis]
      guard count > 0 else {
        fatalError(
          "conditionNumber: matrices of shape \(shape) have no singular values; the extents must be at least 1")
      }
      let (first, last) = (
        largest.narrowed(axis: axis, start: 0, count: 1), largest.narrowed(axis: axis, start: count - 1, count: 1)
      )
      let quotient = order == .two ? first / last : last / first
      // 0/0: a matrix of zeros, which is singular.
      let isZero = Equal.operation.apply(first, largest.number(0))
      let zeros = largest.number(order == .two ? .infinity : 0)
      return Tensor(Select.apply(mask: isZero, zeros, quotient).reshaped(Shape(largest.shape.dropLast())))
    }
    let a = expression.matrices("conditionNumber", square: true)
    try a.checkFinite("conditionNumber")
    let inverse = a.expression.inverseOrNotFinite()
    let isSingular = NotEqual.operation.apply(inverse - inverse, Expression(0, inverse.type))
      .converted(to: a.type).extreme(Maximal.operation, mask: 3 << (shape.rank - 2)).converted(to: .bool)
    let safe = Select.apply(mask: isSingular, Expression(0, a.type), inverse)
    let product = try a.expression.matrixNorm(order) * safe.matrixNorm(order)
    return Tensor(
      Select.apply(mask: isSingular.reshaped(product.shape), Expression(.infinity, a.type), product))
  }

  /// The number of singular values above max(`absoluteTolerance`, `relativeTolerance`·s₀), for each matrix.
  ///
  /// The relative tolerance defaults to max(m, n)·ε, or 0 where an absolute one is given. Not differentiable.
  ///
  /// - Throws: `nonFinite`, `noConvergence`.
  public func matrixRank(
    relativeTolerance: Double? = nil, absoluteTolerance: Double = 0
  ) throws(LinearAlgebraError) -> Tensor<Int> {
    checkTolerance("matrixRank", "relativeTolerance", relativeTolerance)
    checkTolerance("matrixRank", "absoluteTolerance", absoluteTolerance)
    let values = try expression.detached().singularValues("matrixRank")
    let axis = values.shape.rank - 1
    if values.shape[axis] == 0 { return Tensor<Int>(Expression.full(0, .int64, Shape(values.shape.dropLast()))) }
    let relative =
      relativeTolerance ?? (absoluteTolerance > 0 ? 0 : values.roundOff(Swift.max(shape.rows, shape.columns)))
    let largest = values.narrowed(axis: axis, start: 0, count: 1)
    let counts = LogicalAnd.operation.apply(
      Greater.operation.apply(values, largest * values.number(relative)),
      Greater.operation.apply(values, values.number(absoluteTolerance)))
    return Tensor<Int>(counts.converted(to: .int64).lastSum)
  }

  /// Orthonormal vectors (columns, n × (n − rank)) that a matrix [m, n] takes to 0, to within the tolerance.
  ///
  /// From the singular vectors of the values at most `relativeTolerance`·s₀, by default max(m, n)·ε. The basis is not
  /// unique, and the result is not tracked for differentiation.
  ///
  /// - Throws: `nonFinite`, `noConvergence`.
  public func nullSpace(relativeTolerance: Double? = nil) throws(LinearAlgebraError) -> Tensor {
    checkSingle("nullSpace")
    checkTolerance("nullSpace", "relativeTolerance", relativeTolerance)
    let matrix = detached()
    let rank = try matrix.matrixRank(relativeTolerance: relativeTolerance).item()
    let vh = try matrix.expression.svd(fullMatrices: true).vh
    return Tensor(vh.block(rows: rank..<shape.columns, columns: 0..<shape.columns).t)
  }

  /// Orthonormal vectors (columns, m × rank) that span the columns of a matrix [m, n], to within the tolerance.
  ///
  /// The singular vectors of the values above `relativeTolerance`·s₀, by default max(m, n)·ε. The rank counts as
  /// constant in derivatives; see ``svd(fullMatrices:)``.
  ///
  /// - Throws: `nonFinite`, `noConvergence`.
  public func orthonormalBasis(relativeTolerance: Double? = nil) throws(LinearAlgebraError) -> Tensor {
    checkSingle("orthonormalBasis")
    checkTolerance("orthonormalBasis", "relativeTolerance", relativeTolerance)
    let rank = try detached().matrixRank(relativeTolerance: relativeTolerance).item()
    return Tensor(try expression.svd(fullMatrices: false).u.block(rows: 0..<shape.rows, columns: 0..<rank))
  }

  private func checkSingle(_ operation: String) {
    guard rank == 2 else {
      fatalError(
        "\(operation): a tensor of shape \(shape); the number of vectors depends on the matrix, so it takes one matrix of "
          + "two axes and no stack")
    }
  }
}
