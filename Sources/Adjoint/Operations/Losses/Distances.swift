import AdjointKernels

/// Norms of differences, and angles between vectors.
enum Distances {}

/// x over its norm.
enum Normalize {}

extension Expression {
  /// At least a bound, with the derivative of x itself everywhere, as PyTorch limits in place without recording.
  func flooredUntracked(_ bound: Double) -> Expression {
    let isBelow = Less.operation.apply(self, number(bound))
    return Select.apply(mask: isBelow, self - detached() + number(bound), self)
  }

  func cosineSimilarity(_ other: Expression, mask: Int, epsilon: Double) -> Expression {
    let (a, b) = (asArray, other.asArray)
    let (normA, normB) = (a.norm(2, mask: mask), b.norm(2, mask: mask))
    return ((a / normA.flooredUntracked(epsilon)) * (b / normB.flooredUntracked(epsilon))).asArray.sum(mask: mask)
  }

  func normalized(_ order: Double, mask: Int, epsilon: Double) -> Expression {
    self / ClampBelow.operation.apply(norm(order, mask: mask), number(epsilon))
  }
}

extension Tensor where Scalar: TensorFloatingPoint {
  /// x over its norm along an axis, or over ε where the norm is smaller.
  ///
  /// Derivative: g/n less its part along y, and g/ε where ε stands in.
  public func normalize(order: Double = 2, axis: Int = 1, epsilon: Double = 1e-12) -> Tensor {
    let (x, index) = walk(axis, "normalize")
    return Tensor(x.normalized(order, mask: 1 << index, epsilon: epsilon).reshaped(shape))
  }

  /// The cosine of the angle between vectors along an axis: a·b/(|a|·|b|), where norms are at least ε. The shapes broadcast.
  public func cosineSimilarity(_ other: Tensor, axis: Int = 1, epsilon: Double = 1e-8) -> Tensor {
    guard let common = shape.broadcast(with: other.shape) else {
      fatalError(Operation.broadcastMessage("cosineSimilarity", [shape, other.shape]))
    }
    let (a, b) = (expression.expanded(to: common), other.expression.expanded(to: common))
    if common.rank == 0 {
      return Tensor(a.reshaped([1]).cosineSimilarity(b.reshaped([1]), mask: 1, epsilon: epsilon).reshaped([]))
    }
    let index = common.checkedAxis(axis, "cosineSimilarity")
    return Tensor(a.cosineSimilarity(b, mask: 1 << index, epsilon: epsilon).reshaped(common.removing(axis: index)))
  }

  /// The norm of a − b + ε along the last axis. The shapes broadcast.
  public func pairwiseDistance(
    _ other: Tensor, order: Double = 2, epsilon: Double = 1e-6, keepingDimensions: Bool = false
  ) -> Tensor {
    let difference = self - other
    let shifted = Tensor(difference.expression + difference.expression.number(epsilon))
    return shifted.norm(order: order, axes: shifted.rank == 0 ? [] : [-1], keepingDimensions: keepingDimensions)
  }

  /// The norm of the difference of all elements. The shapes broadcast.
  ///
  /// Derivative: that of ``norm(order:axes:keepingDimensions:)``.
  public func dist(_ other: Tensor, order: Double = 2) -> Tensor { (self - other).norm(order: order) }

  /// The distances of every row of this […, m, k] to every row of the other […, n, k]: […, m, n].
  ///
  /// The differences themselves, not products, so that near points lose no digits; nothing of size m·n·k is stored. Derivative: that
  /// of ``norm(order:axes:keepingDimensions:)``, 0 where the rows are equal.
  public func cdist(_ other: Tensor, order: Double = 2) -> Tensor {
    guard rank >= 2, other.rank >= 2, shape.columns == other.shape.columns else {
      fatalError(
        "cdist: shapes \(shape) and \(other.shape); both are stacks of rows, […, m, k] and […, n, k], with equal k")
    }
    guard shape.batch.broadcast(with: other.shape.batch) != nil else {
      fatalError(Operation.broadcastMessage("cdist", [shape.batch, other.shape.batch]))
    }
    let difference = unsqueezed(axis: -2) - other.unsqueezed(axis: -3)
    if shape.columns == 0 { return difference.sum(axis: -1) }
    return difference.norm(order: order, axes: [-1])
  }
}
