import AdjointKernels

extension Tensor {
  /// Replaces the elements of this leaf; every handle on it sees the new ones.
  ///
  /// Graphs recorded before keep the elements that they were recorded with. A tracked leaf can only be updated
  /// inside ``noGrad(_:)``.
  public func assign(_ other: Tensor) {
    guard node.isLeaf else {
      fatalError(
        "assign: this tensor is the result of \(node.operation.name); only a leaf can be updated in place")
    }
    if node.tracking != .none && GradientMode.isEnabled {
      fatalError(
        "assign: a leaf that requires a gradient is updated in place while operations are tracked; put the update "
          + "inside noGrad { }")
    }
    guard shape.broadcast(with: other.shape) == shape else {
      fatalError("assign: shape \(other.shape) does not broadcast to the leaf's shape \(shape)")
    }
    let value = other.expression.expanded(to: shape).asNode.evaluated().contiguous(node.type, shape)
    node.evaluate()
    node.replaceElements(value.buffer)
  }
}

extension Tensor where Scalar: TensorNumber {
  /// Adds to a leaf in place inside `noGrad`, or makes a variable the sum.
  public static func += (a: inout Tensor, b: Tensor) { a = a.updated(a + b) }
  /// Adds a number to a leaf in place inside `noGrad`, or makes a variable the sum.
  public static func += (a: inout Tensor, b: Scalar) { a = a.updated(a + b) }
  /// Subtracts from a leaf in place inside `noGrad`, or makes a variable the difference.
  public static func -= (a: inout Tensor, b: Tensor) { a = a.updated(a - b) }
  /// Subtracts a number from a leaf in place inside `noGrad`, or makes a variable the difference.
  public static func -= (a: inout Tensor, b: Scalar) { a = a.updated(a - b) }
  /// Multiplies a leaf in place inside `noGrad`, or makes a variable the product.
  public static func *= (a: inout Tensor, b: Tensor) { a = a.updated(a * b) }
  /// Multiplies a leaf by a number in place inside `noGrad`, or makes a variable the product.
  public static func *= (a: inout Tensor, b: Scalar) { a = a.updated(a * b) }

  /// A tracked leaf has identity and is updated; any other variable takes the new value.
  fileprivate func updated(_ result: Tensor) -> Tensor {
    guard node.isLeaf && node.tracking != .none else { return result }
    assign(result)
    return self
  }
}

extension Tensor where Scalar: TensorFloatingPoint {
  /// Divides a leaf in place inside `noGrad`, or makes a variable the quotient.
  public static func /= (a: inout Tensor, b: Tensor) { a = a.updated(a / b) }
  /// Divides a leaf by a number in place inside `noGrad`, or makes a variable the quotient.
  public static func /= (a: inout Tensor, b: Scalar) { a = a.updated(a / b) }
}
