import AdjointKernels

/// −x·ln x.
enum Entropy {
  static let operation = Operation.ruled("Entropy") { x, _ in -(x[0].log() + x[0].number(1)) }
}

/// x₀·ln(1 + x₁), and 0 where x₀ is 0.
enum TimesLogarithmOfOnePlus {}

/// ln(x / (1 − x)).
enum Logit {
  static let operation = Operation.ruled("Logit") { x, _ in
    let inside = LogicalAnd.operation.apply(
      GreaterOrEqual.operation.apply(x[0], x[0].number(0)), LessOrEqual.operation.apply(x[0], x[0].number(1)))
    return Select.apply(mask: inside, x[0].number(1) / (x[0] * (x[0].number(1) - x[0])), x[0].number(.nan))
  }
}

/// log₂(2^x₀ + 2^x₁).
enum BinaryLogarithmOfExponentials {}

extension Expression {
  func entropy() -> Expression {
    let x = detached()
    let isBelow = Less.operation.apply(x, number(0))
    let value = Select.apply(mask: isBelow, number(-.infinity), -TimesLogarithm.operation.apply(x, x))
    return Entropy.operation.record(value, of: self)
  }

  func timesLogarithmOfOnePlus(_ other: Expression) -> Expression {
    // Where x is 0 and the logarithm is not finite, that of 1 stands in: no 0 · ∞.
    let isOutside = LogicalOr.operation.apply(
      LessOrEqual.operation.apply(other, other.number(-1)), Equal.operation.apply(other, other.number(.infinity)))
    let isFlat = LogicalAnd.operation.apply(Equal.operation.apply(self, number(0)), isOutside)
    return self * Select.apply(mask: isFlat, other.number(0), other).log1p()
  }

  func logit(epsilon: Double?) -> Expression {
    var x = self
    if let epsilon {
      // Not clamped: the bounds themselves pass the cotangent on.
      let above = Select.apply(mask: Greater.operation.apply(x, number(1 - epsilon)), number(1 - epsilon), x)
      x = Select.apply(mask: Less.operation.apply(x, number(epsilon)), number(epsilon), above)
    }
    let z = x.detached()
    return Logit.operation.record((z / (number(1) - z)).log(), of: x)
  }

  func binaryLogAddExp(_ other: Expression) -> Expression {
    let log2 = 0.693147180559945309417232121458176568
    // From the difference, which is exact where both are large and near each other.
    let largest = Maximum.operation.apply(self, other).detached()
    let isInfinite = IsInfinite.operation.apply(largest)
    let base = Select.apply(mask: isInfinite, largest.number(0), largest)
    let (a, b) = ((self - base) * number(log2), (other - base) * number(log2))
    return LogarithmOfExponentials.operation.apply(a, b) * number(1 / log2) + base
  }
}

extension Tensor where Scalar: TensorFloatingPoint {
  /// −x·ln x, element by element: 0 at 0 and −∞ below, the terms of an entropy.
  ///
  /// Derivative: −ln x − 1; NaN below 0.
  public func entr() -> Tensor { Tensor(expression.entropy()) }

  /// x·ln(1 + y), element by element, and 0 where x is 0 (NaN where y is NaN); the shapes broadcast.
  ///
  /// Derivatives: ln(1 + y) (0 where x is 0 and y ≤ −1) and x/(1 + y).
  public static func xlog1py(_ x: Tensor, _ y: Tensor) -> Tensor {
    Tensor(x.expression.timesLogarithmOfOnePlus(y.expression))
  }

  /// ln(x / (1 − x)), element by element: the inverse of ``sigmoid()``. With an epsilon, x is first limited to
  /// `epsilon`...1 − `epsilon`.
  ///
  /// −∞ at 0, +∞ at 1, NaN beyond. Derivative: 1/(x·(1 − x)), and 0 where x was limited.
  public func logit(epsilon: Scalar? = nil) -> Tensor { Tensor(expression.logit(epsilon: epsilon.map { Double($0) })) }

  /// log₂(2ᵃ + 2ᵇ), element by element, without overflow; the shapes broadcast. −∞ where both are.
  ///
  /// Derivatives: 1/(1 + 2^(b − a)) and 1/(1 + 2^(a − b)).
  public static func logAddExp2(_ a: Tensor, _ b: Tensor) -> Tensor {
    Tensor(a.expression.binaryLogAddExp(b.expression))
  }
}
