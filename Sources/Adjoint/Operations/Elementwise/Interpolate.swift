import AdjointKernels

/// start + weight·(end − start).
enum Interpolate {}

/// x + value·a·b.
enum AddProduct {}

extension Expression {
  func interpolated(to end: Expression, _ weight: Expression) -> Expression {
    // From the nearer end, so that both ends are exact: at weight 1 the result is the end itself.
    if let number = weight.constant, weight.node == nil, number != 0, number != 1 {
      // Two products instead of one of the difference, which may overflow.
      if number.magnitude < 0.5 { return self + (end * weight - self * weight) }
      let rest = weight.number(1) - weight
      return end - (end * rest - self * rest)
    }
    let difference = end - self
    // Where the difference is not finite, the sum of both parts may be: of ends far apart, or where the weight of an infinite one is 0.
    let isPlain = IsFinite.operation.apply(difference)
    let isNear = Less.operation.apply(weight.absoluteValue(), weight.number(0.5))
    let zero = weight.number(0)
    let start = Select.apply(mask: Equal.operation.apply(weight, weight.number(1)), zero, self)
    let rest = Select.apply(mask: Equal.operation.apply(weight, zero), zero, end)
    return Select.apply(
      mask: isPlain,
      Select.apply(mask: isNear, self + weight * difference, end - difference * (weight.number(1) - weight)),
      start * (weight.number(1) - weight) + rest * weight)
  }

  func addingProduct(_ a: Expression, _ b: Expression, value: Double) -> Expression { self + a * number(value) * b }
}

extension Tensor where Scalar: TensorFloatingPoint {
  /// Linear interpolation, element by element: `self + weight·(end − self)`, exact at both ends, and without overflow where
  /// the result does not. An infinite end whose weight is 0 or 1 does
  /// not disturb the other. The shapes broadcast.
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
