import AdjointKernels
import CKernels

/// x, and at least a bound; unlike ``Maximum``, x itself gets the whole cotangent where it equals the bound.
enum ClampBelow: OperationDeclaration {
  static let operation = Operation.elementwise(
    "ClampMin", CK_MAXIMUM, { x, _ in GreaterOrEqual.operation.apply(x[0], x[1]) },
    { x, _ in Less.operation.apply(x[0], x[1]) })

  static let samples =
    Sample.binary(-2...2, -2...2, Swift.max) { $0.clamped($1, nil) }
    + Sample.unary(0.5...2, { $0 }) { $0.clamped($0.number(0.25), nil) }
}

/// x, and at most a bound; x itself gets the whole cotangent where it equals the bound.
enum ClampAbove: OperationDeclaration {
  static let operation = Operation.elementwise(
    "ClampMax", CK_MINIMUM, { x, _ in LessOrEqual.operation.apply(x[0], x[1]) },
    { x, _ in Greater.operation.apply(x[0], x[1]) })

  static let samples =
    Sample.binary(-2...2, -2...2, Swift.min) { $0.clamped(nil, $1) }
    + Sample.unary(-2...2, isSmooth: false, { Swift.min(Swift.max($0, -1), 1) }) {
      $0.clamped($0.number(-1), $0.number(1))
    }
}

extension Expression {
  func clamped(_ minimum: Expression?, _ maximum: Expression?) -> Expression {
    var result = self
    if let minimum { result = ClampBelow.operation.apply(result, minimum) }
    if let maximum { result = ClampAbove.operation.apply(result, maximum) }
    return result
  }
}

extension Tensor where Scalar: TensorNumber {
  /// The elements limited to `min`...`max`; a bound that is nil does not limit. NaN stays NaN.
  ///
  /// Where `min` is above `max`, the result is `max`. Derivative: 1 within the bounds and at them, 0 beyond.
  public func clamped(min: Scalar? = nil, max: Scalar? = nil) -> Tensor {
    if min == nil && max == nil { fatalError("clamped: no bound was given; give min, max or both") }
    return Tensor(
      expression.clamped(
        min.map { Expression(bits: $0.elementBits, Scalar.elementType) },
        max.map { Expression(bits: $0.elementBits, Scalar.elementType) }))
  }

  /// The elements limited to bounds that are tensors; the shapes broadcast.
  ///
  /// Derivative: to the element within the bounds and at them, and to the bound that is taken elsewhere.
  public func clamped(min: Tensor?, max: Tensor?) -> Tensor {
    if min == nil && max == nil { fatalError("clamped: no bound was given; give min, max or both") }
    return Tensor(expression.clamped(min?.expression, max?.expression))
  }
}
