import AdjointKernels

/// How least squares problems are solved.
public enum LeastSquaresMethod: Sendable, Hashable {
  /// A QR factorisation with column pivoting, completed to both sides (LAPACK's `gelsy`): also for deficient rank.
  case orthogonal
  /// Singular values by divide and conquer (LAPACK's `gelsd`): also for deficient rank, and gives the values.
  case singularValues
}

/// The X of least norm that minimises ‖A·X − B‖. Operands A and B; the tolerance is a parameter.
enum LeastSquares {
  static func operation(tolerance: Double) -> Operation {
    Operation(
      foreign: "LeastSquares",
      .opaque { _, _ in fatalError("LeastSquares: a solution has its value from the start") },
      .custom(
        // X = A⁺·B.
        jvp: { node, t in
          let (a, b) = (node.x[0], node.x[1])
          let y = a.pseudoInverseOrNotFinite(relative: tolerance)
          var sum: Expression?
          if let tangent = t[0] {
            sum = PseudoInverse.tangent(a, y, tangent.expanded(to: a.shape)).times(b)
          }
          if let tangent = t[1] { sum = .adding(sum, y.times(tangent.expanded(to: b.shape))) }
          return sum
        },
        vjp: { node, g in
          let (a, b) = (node.x[0], node.x[1])
          let y = a.pseudoInverseOrNotFinite(relative: tolerance)
          let product = g.times(b.t).reduced(to: y.shape, from: Shape(g.shape.batch + [y.shape.rows, y.shape.columns]))
          return [PseudoInverse.cotangent(a, y, product), y.t.times(g)]
        }))
  }
}

/// A least squares solution and what is known about it.
struct LeastSquaresExpressions {
  var solution: Expression
  var residuals: Expression
  var rank: Expression
  var singularValues: Expression
}

extension Expression {
  func leastSquares(
    _ b: Expression, method: LeastSquaresMethod = .orthogonal, tolerance: Double? = nil
  ) throws(LinearAlgebraError) -> LeastSquaresExpressions {
    checkMatrix("leastSquares", square: false)
    // PyTorch's rule: one axis fewer than A is a stack of vectors.
    let isVector = b.shape.rank == shape.rank - 1
    let right = isVector ? b.asColumns : b
    right.checkMatrix("leastSquares", square: false)
    guard let batch = shape.batch.broadcast(with: right.shape.batch), right.shape.rows == shape.rows else {
      fatalError(
        "leastSquares: shapes \(shape) and \(b.shape) do not fit; both need the same number of rows, and the leading "
          + "axes must broadcast")
    }
    let a = expanded(to: Shape(batch + [shape.rows, shape.columns])).matrices("leastSquares")
    let columns = right.expanded(to: Shape(batch + [right.shape.rows, right.shape.columns])).matrices("leastSquares")
    try a.checkFinite("leastSquares")
    try columns.checkFinite("leastSquares")
    let tolerance = tolerance ?? roundOff(Swift.max(a.rows, a.columns))
    let (x, ranks, values, failure) = LeastSquaresProblem.run(
      type, m: a.rows, n: a.columns, k: columns.columns, count: a.count, a.buffer, columns.buffer,
      bySingularValues: method == .singularValues, tolerance: tolerance)
    if let failure { throw .noConvergence(routine: "leastSquares", batch: failure.batch, unconverged: failure.info) }
    let solution = LeastSquares.operation(tolerance: tolerance).record(
      type, a.shape(a.columns, columns.columns), value: x, Operands(a.expression, columns.expression))
    let rank = Expression.leaf(ranks, .int64, batch)
    // Residuals mean the distance to what A reaches; without full rank, or where A reaches everything, there is none.
    var residuals = Expression.full(0, type, [0])
    let isFull = ranks.elements(Int.self, count: a.count).allSatisfy { $0 == a.columns }
    if a.rows > a.columns && isFull {
      let distance = columns.expression - a.expression.times(solution)
      residuals = distance.square().sum(mask: 1 << (distance.shape.rank - 2), keepingDimensions: false)
      if isVector { residuals = residuals.reshaped(batch) }
    }
    return LeastSquaresExpressions(
      solution: isVector ? solution.reshaped(Shape(solution.shape.dropLast())) : solution, residuals: residuals,
      rank: rank,
      singularValues: method == .singularValues ? .leaf(values, type, a.shape(a.least)) : .full(0, type, [0]))
  }
}

/// A least squares solution and what is known about it.
public struct LeastSquaresSolution<Scalar: TensorFloatingPoint>: Sendable {
  /// X, […, n, k].
  public let solution: Tensor<Scalar>
  /// ‖A·X − B‖² for each column, […, k]; of shape [0] unless m > n and every matrix has full rank.
  public let residuals: Tensor<Scalar>
  /// The rank of each matrix, as the method found it.
  public let rank: Tensor<Int>
  /// The singular values of each matrix for method `singularValues`; of shape [0] otherwise. Not differentiable.
  public let singularValues: Tensor<Scalar>
}

extension Tensor where Scalar: TensorFloatingPoint {
  /// The X of least norm among those that minimise ‖A·X − B‖, where A is this tensor.
  ///
  /// Shapes: A […, m, n], B […, m, k], or […, m] with one axis fewer than A; leading axes broadcast. Singular values (or
  /// the diagonal of the triangular factor) below `tolerance` times the largest count as 0; it defaults to
  /// max(m, n)·ε. LAPACK has these routines for the matrix alone, not for its transpose, so row-major data are transposed
  /// first. Derivatives: those of A⁺·B, for a rank that stays.
  ///
  /// - Throws: `nonFinite`, `noConvergence`.
  public func leastSquares(
    _ b: Tensor, method: LeastSquaresMethod = .orthogonal, tolerance: Double? = nil
  ) throws(LinearAlgebraError) -> LeastSquaresSolution<Scalar> {
    checkTolerance("leastSquares", "tolerance", tolerance)
    let result = try expression.leastSquares(b.expression, method: method, tolerance: tolerance)
    return LeastSquaresSolution(
      solution: Tensor(result.solution), residuals: Tensor(result.residuals), rank: Tensor<Int>(result.rank),
      singularValues: Tensor(result.singularValues))
  }
}
