import AdjointKernels

/// x between bounds.
enum HardTanh {}

/// x/6 + ½ between 0 and 1.
enum HardSigmoid {}

/// x·(x/6 + ½), with the second factor between 0 and 1.
enum HardSwish {}

/// x less a number where it is beyond the number, 0 elsewhere.
enum SoftShrink {}

/// x where |x| is beyond a number, 0 elsewhere.
enum HardShrink {}

extension Expression {
  func hardTanh(_ minimum: Double, _ maximum: Double) -> Expression { clamped(number(minimum), number(maximum)) }

  private var gate: Expression { (self + number(3)).hardTanh(0, 6) * number(1.0 / 6) }
  func hardSigmoid() -> Expression { gate }
  func hardSwish() -> Expression { self * gate }

  func softShrink(_ threshold: Double) -> Expression {
    let (right, left) = (
      Greater.operation.apply(self, number(threshold)), Less.operation.apply(self, number(-threshold))
    )
    // NaN is neither, and stays.
    let inner = Select.apply(mask: IsNaN.operation.apply(self), self, number(0))
    return Select.apply(
      mask: right, self - number(threshold), Select.apply(mask: left, self + number(threshold), inner))
  }

  func hardShrink(_ threshold: Double) -> Expression {
    let isInside = LogicalAnd.operation.apply(
      GreaterOrEqual.operation.apply(self, number(-threshold)), LessOrEqual.operation.apply(self, number(threshold)))
    return Select.apply(mask: isInside, number(0), self)
  }
}

extension Tensor where Scalar: TensorFloatingPoint {
  /// The elements limited to `min`...`max`. Derivative: 1 between the bounds, 0 at them and beyond.
  public func hardTanh(min: Scalar = -1, max: Scalar = 1) -> Tensor {
    Tensor(expression.hardTanh(Double(min), Double(max)))
  }

  /// The elements limited to 0...6. Derivative: 1 between the bounds, 0 at them and beyond.
  public func relu6() -> Tensor { Tensor(expression.hardTanh(0, 6)) }

  /// x/6 + ½ limited to 0...1, element by element. Derivative: 1/6 between −3 and 3, 0 elsewhere.
  public func hardSigmoid() -> Tensor { Tensor(expression.hardSigmoid()) }

  /// x·``hardSigmoid()``, element by element. Derivative: x/3 + ½ between −3 and 3, 0 below and 1 above.
  public func hardSwish() -> Tensor { Tensor(expression.hardSwish()) }

  /// x − λ where x > λ, x + λ where x < −λ, and 0 between, element by element. Derivative: 1 beyond ±λ, 0 elsewhere.
  public func softShrink(threshold: Scalar = 0.5) -> Tensor {
    guard threshold >= 0 else { fatalError("softShrink: threshold \(threshold); it must be at least 0") }
    return Tensor(expression.softShrink(Double(threshold)))
  }

  /// x where |x| > λ, and 0 elsewhere, element by element. Derivative: 1 beyond ±λ, 0 elsewhere.
  public func hardShrink(threshold: Scalar = 0.5) -> Tensor { Tensor(expression.hardShrink(Double(threshold))) }
}
