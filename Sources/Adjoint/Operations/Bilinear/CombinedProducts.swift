import AdjointKernels

/// Products with something added, and products under other names.
enum CombinedProducts {}

extension Tensor where Scalar: TensorNumber {
  /// beta·c + alpha·product, where a beta of 0 leaves c out.
  private func adding(_ product: Tensor, _ alpha: Scalar, _ beta: Scalar, _ name: String) -> Tensor {
    guard product.shape.broadcast(with: shape) == product.shape else {
      fatalError("\(name): shape \(shape) does not broadcast to the product's shape \(product.shape)")
    }
    return combined(with: product, alpha, beta)
  }

  /// beta·c + alpha·a·v for this tensor c, a matrix and a vector.
  ///
  /// A beta of 0 leaves c out and an alpha of 0 the product, NaN and ∞ included. Derivatives: beta·g, alpha·g·vᵀ and alpha·aᵀ·g.
  public func addingMatrixVectorProduct(_ a: Tensor, _ v: Tensor, alpha: Scalar = 1, beta: Scalar = 1) -> Tensor {
    adding(a.mv(v), alpha, beta, "addingMatrixVectorProduct")
  }

  /// beta·c + alpha·a·bᵀ for this tensor c and two vectors.
  ///
  /// A beta of 0 leaves c out and an alpha of 0 the product, NaN and ∞ included. Derivatives: beta·g, alpha·g·b and alpha·gᵀ·a.
  public func addingOuterProduct(_ a: Tensor, _ b: Tensor, alpha: Scalar = 1, beta: Scalar = 1) -> Tensor {
    adding(a.outer(b), alpha, beta, "addingOuterProduct")
  }

  /// beta·c + alpha·a·b for this tensor c and two stacks of matrices of the same length.
  ///
  /// A beta of 0 leaves c out and an alpha of 0 the product, NaN and ∞ included. Derivatives: beta·g, alpha·g·bᵀ and alpha·aᵀ·g.
  public func addingBatchedMatrixProduct(_ a: Tensor, _ b: Tensor, alpha: Scalar = 1, beta: Scalar = 1) -> Tensor {
    adding(a.bmm(b), alpha, beta, "addingBatchedMatrixProduct")
  }

  /// The products of all elements summed over the last axis of both; a scalar multiplies everything.
  ///
  /// The result has the remaining axes of this tensor and then those of the other.
  public func inner(_ other: Tensor) -> Tensor {
    if rank == 0 || other.rank == 0 { return Tensor(expression * other.expression) }
    guard shape[rank - 1] == other.shape[other.rank - 1] else {
      fatalError("inner: shapes \(shape) and \(other.shape); both must end in the same extent")
    }
    return tensordot(other, axes: [rank - 1], [other.rank - 1])
  }

  /// The cross product of vectors of three elements along an axis; the shapes broadcast.
  ///
  /// Derivatives: b × g and g × a.
  public func cross(_ other: Tensor, axis: Int = -1) -> Tensor {
    guard let common = shape.broadcast(with: other.shape) else {
      fatalError(Operation.broadcastMessage("cross", [shape, other.shape]))
    }
    let axis = common.checkedAxis(axis, "cross")
    guard common[axis] == 3 else {
      fatalError("cross: axis \(axis) of shape \(common) has extent \(common[axis]); it must be 3")
    }
    let (a, b) = (expanded(to: common.dimensions), other.expanded(to: common.dimensions))
    func turned(_ x: Tensor, _ by: Int) -> Tensor { x.rolled(by: [by], axes: [axis]) }
    return turned(a, -1) * turned(b, -2) - turned(a, -2) * turned(b, -1)
  }
}

extension Tensor where Scalar: TensorFloatingPoint {
  /// x + value·a/b, element by element; the shapes broadcast.
  ///
  /// Derivatives: 1, value/b and −value·a/b².
  public func addingQuotient(_ a: Tensor, _ b: Tensor, value: Scalar = 1) -> Tensor {
    let product = value == 1 ? a.expression : a.expression * Expression(bits: value.elementBits, Scalar.elementType)
    return Tensor(expression + product / b.expression)
  }
}
