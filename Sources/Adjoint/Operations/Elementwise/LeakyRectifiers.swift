import AdjointKernels

/// x where x > 0, and slope·x elsewhere.
enum LeakyRectifiedLinear {}

/// x where x > 0, and α·(eˣ − 1) elsewhere.
enum ExponentialLinear {}

/// x where x > 0, and α·(e^(x/α) − 1) elsewhere.
enum ContinuousExponentialLinear {}

/// λ times an ``ExponentialLinear``.
enum ScaledExponentialLinear {}

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

  /// The exponential in units of α: the slope at 0 is 1 from both sides.
  func celu(alpha: Double) -> Expression {
    let isRight = GreaterOrEqual.operation.apply(self, number(0))
    let below = (Select.apply(mask: isRight, number(0), self) * number(1 / alpha)).expm1() * number(alpha)
    return Select.apply(mask: isRight, self, below)
  }

  func selu() -> Expression {
    elu(alpha: 1.6732632423543772848170429916717) * number(1.0507009873554804934193349852946)
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

  /// x where x > 0 and α·(e^(x/α) − 1) elsewhere, element by element (Barron, arXiv:1704.07483).
  ///
  /// Derivative: 1 where x ≥ 0, and e^(x/α) elsewhere.
  public func celu(alpha: Scalar = 1) -> Tensor {
    guard alpha != 0 else { fatalError("celu: alpha is 0; it must not be") }
    return Tensor(expression.celu(alpha: Double(alpha)))
  }

  /// λ·x where x > 0 and λ·α·(eˣ − 1) elsewhere, with the λ and α that keep mean 0 and variance 1 (Klambauer et al.,
  /// arXiv:1706.02515).
  public func selu() -> Tensor { Tensor(expression.selu()) }
}
