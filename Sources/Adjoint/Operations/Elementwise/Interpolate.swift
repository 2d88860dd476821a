import AdjointKernels

/// start + weight·(end − start).
enum Interpolate {}

/// x + value·a·b.
enum AddProduct {}

extension Expression {
  func interpolated(to end: Expression, _ weight: Expression) -> Expression {
    let difference = end - self
    // From the nearer end, so that both ends are exact: at weight 1 the result is the end itself.
    let fromStart = { self + weight * difference }
    let fromEnd = { end - difference * (weight.number(1) - weight) }
    if let number = weight.constant, weight.node == nil { return number.magnitude < 0.5 ? fromStart() : fromEnd() }
    let isNear = Less.operation.apply(weight.absoluteValue(), weight.number(0.5))
    return Select.apply(mask: isNear, fromStart(), fromEnd())
  }

  func addingProduct(_ a: Expression, _ b: Expression, value: Double) -> Expression { self + a * number(value) * b }
}

extension Tensor where Scalar: TensorFloatingPoint {
  /// Linear interpolation, element by element: `self + weight·(end − self)`, exact at both ends. The shapes broadcast.
  ///
  /// Derivatives: 1 − weight, weight, and end − self.
  @_disfavoredOverload
  public func lerp(to end: Tensor, weight: Tensor) -> Tensor {
    Tensor(expression.interpolated(to: end.expression, weight.expression))
  }

  /// Linear interpolation with one weight for all elements.
  public func lerp(to end: Tensor, weight: Scalar) -> Tensor {
    Tensor(expression.interpolated(to: end.expression, Expression(bits: weight.elementBits, Scalar.elementType)))
  }

  /// x + value·a·b, element by element; the shapes broadcast.
  ///
  /// Derivatives: 1, value·b and value·a.
  public func addingProduct(_ a: Tensor, _ b: Tensor, value: Scalar = 1) -> Tensor {
    Tensor(expression.addingProduct(a.expression, b.expression, value: Double(value)))
  }
}
