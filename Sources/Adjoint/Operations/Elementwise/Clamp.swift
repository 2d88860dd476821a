import AdjointKernels
import CKernels

/// x, and at least a number. As in PyTorch since 2.15, the derivative is 0 at the bound; ties with a bound that is a
/// tensor share instead, by ``Maximum``.
enum ClampBelow {
  static let operation = Operation.elementwise(
    "ClampMin", CK_MAXIMUM, { x, _ in Greater.operation.apply(x[0], x[1]) },
    { x, _ in Less.operation.apply(x[0], x[1]) })
}

/// x, and at most a number; the derivative is 0 at the bound.
enum ClampAbove {
  static let operation = Operation.elementwise(
    "ClampMax", CK_MINIMUM, { x, _ in Less.operation.apply(x[0], x[1]) },
    { x, _ in Greater.operation.apply(x[0], x[1]) })
}

extension Expression {
  func clamped(_ minimum: Expression?, _ maximum: Expression?) -> Expression {
    var result = self
    if let minimum { result = (minimum.node == nil ? ClampBelow.operation : Maximum.operation).apply(result, minimum) }
    if let maximum { result = (maximum.node == nil ? ClampAbove.operation : Minimum.operation).apply(result, maximum) }
    if let minimum, let maximum, minimum.node != nil, maximum.node != nil {
      // Where all three are equal PyTorch leaves the whole cotangent to the element.
      let isPinched = LogicalAnd.operation.apply(
        Equal.operation.apply(self, minimum), Equal.operation.apply(self, maximum))
      result = Select.apply(mask: isPinched, self, result)
    }
    return result
  }
}

extension Tensor where Scalar: TensorNumber {
  /// The elements limited to `min`...`max`; a bound that is nil does not limit. NaN stays NaN.
  ///
  /// Where `min` is above `max`, the result is `max`. Derivative: 1 between the bounds, 0 at them and
  /// beyond.
  public func clamped(min: Scalar? = nil, max: Scalar? = nil) -> Tensor {
    if min == nil && max == nil { fatalError("clamped: no bound was given; give min, max or both") }
    return Tensor(
      expression.clamped(
        min.map { Expression(bits: $0.elementBits, Scalar.elementType) },
        max.map { Expression(bits: $0.elementBits, Scalar.elementType) }))
  }

  /// The elements limited to bounds that are tensors; the shapes broadcast.
  ///
  /// Derivative: to the element between the bounds, to the bound that is taken elsewhere, and half to each at a tie.
  @_disfavoredOverload
  public func clamped(min: Tensor?, max: Tensor?) -> Tensor {
    if min == nil && max == nil { fatalError("clamped: no bound was given; give min, max or both") }
    return Tensor(expression.clamped(min?.expression, max?.expression))
  }
}
