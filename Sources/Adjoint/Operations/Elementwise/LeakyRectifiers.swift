import AdjointKernels

/// x where x > 0, and slope·x elsewhere.
enum LeakyRectifiedLinear {}

/// x where x > 0, and α·(eˣ − 1) elsewhere.
enum ExponentialLinear {}

extension Expression {
  private var isPositive: Expression { Greater.operation.apply(self, number(0)) }

  func leakyRelu(negativeSlope: Double) -> Expression {
    if negativeSlope == 1 { return self }
    return self * Select.apply(mask: isPositive, number(1), number(negativeSlope))
  }

  func elu(alpha: Double) -> Expression {
    // 0 in place of positive numbers: eˣ of one might overflow, and its slope meet a zero cotangent. At 0 itself the
    // function counts as αx, with slope α and second derivative 0 as in PyTorch.
    let isRight = GreaterOrEqual.operation.apply(self, number(0))
    let below = Select.apply(mask: isRight, number(0), self).expm1() * number(alpha)
    return Select.apply(mask: isRight, leakyRelu(negativeSlope: alpha), below)
  }
}

extension Tensor where Scalar: TensorFloatingPoint {
  /// x where x > 0 and `negativeSlope`·x elsewhere, element by element.
  ///
  /// Derivative: 1 where x > 0, and `negativeSlope` elsewhere, at 0 too.
  public func leakyRelu(negativeSlope: Scalar = 0.01) -> Tensor {
    Tensor(expression.leakyRelu(negativeSlope: Double(negativeSlope)))
  }

  /// x where x > 0 and α·(eˣ − 1) elsewhere, element by element.
  ///
  /// −α at −∞. Derivative: 1 where x > 0, and α·eˣ elsewhere.
  public func elu(alpha: Scalar = 1) -> Tensor { Tensor(expression.elu(alpha: Double(alpha))) }
}
