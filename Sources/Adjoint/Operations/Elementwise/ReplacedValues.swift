import AdjointKernels

/// x without NaN and infinities.
enum NaNToNumber {}

/// The larger or smaller of two, where NaN is no number.
enum NaNIgnoringExtremes {}

/// 0 below 0, 1 above it, and given values at it.
enum Heaviside {}

/// x less its whole part.
enum FractionalPart {}

/// Whether the sign bit is set.
enum SignBit {}

/// Angles in other units.
enum AngleUnits {}

extension Expression {
  func nanToNumber(_ nan: Double, _ above: Double, _ below: Double) -> Expression {
    var result = Select.apply(mask: IsNaN.operation.apply(self), number(nan), self)
    result = Select.apply(mask: Equal.operation.apply(self, number(.infinity)), number(above), result)
    return Select.apply(mask: Equal.operation.apply(self, number(-.infinity)), number(below), result)
  }

  /// The extreme by an operation that hands NaN on, where neither is NaN; else the other.
  func extreme(_ other: Expression, _ operation: Operation) -> Expression {
    let both = Select.apply(mask: IsNaN.operation.apply(self), other, operation.apply(self, other))
    return Select.apply(mask: IsNaN.operation.apply(other), self, both)
  }

  func heaviside(_ values: Expression) -> Expression {
    let (x, values) = (detached(), values.detached())
    let step = Select.apply(mask: Greater.operation.apply(x, x.number(0)), x.number(1), x.number(0))
    return Select.apply(mask: Equal.operation.apply(x, x.number(0)), values, step)
  }

  func fractionalPart() -> Expression { self - truncated() }
}

extension Tensor where Scalar: TensorFloatingPoint {
  /// The elements with NaN, +∞ and −∞ replaced: by 0, the largest and the lowest finite number where none is given.
  ///
  /// Derivative: 1, and 0 where an element was replaced.
  public func nanToNum(nan: Scalar = 0, positiveInfinity: Scalar? = nil, negativeInfinity: Scalar? = nil) -> Tensor {
    Tensor(
      expression.nanToNumber(
        Double(nan), Double(positiveInfinity ?? .greatestFiniteMagnitude),
        Double(negativeInfinity ?? -.greatestFiniteMagnitude)))
  }

  /// x − trunc(x), element by element, with the sign of x; NaN at ±∞. Derivative: 1.
  public func frac() -> Tensor { Tensor(expression.fractionalPart()) }

  /// Angles in degrees as radians. Derivative: π/180.
  public func degreesToRadians() -> Tensor { Tensor(expression * expression.number(.pi / 180)) }

  /// Angles in radians as degrees. Derivative: 180/π.
  public func radiansToDegrees() -> Tensor { Tensor(expression * expression.number(180 / .pi)) }
}

extension Tensor where Scalar: TensorNumber {
  /// The larger of the two, element by element; where one is NaN, the other. The shapes broadcast.
  ///
  /// Derivative: 1 for the one that is taken; ties share, ½ each.
  public static func fmax(_ a: Tensor, _ b: Tensor) -> Tensor {
    Tensor(a.expression.extreme(b.expression, Maximum.operation))
  }

  /// The smaller of the two, element by element; where one is NaN, the other. The shapes broadcast.
  ///
  /// Derivative: 1 for the one that is taken; ties share, ½ each.
  public static func fmin(_ a: Tensor, _ b: Tensor) -> Tensor {
    Tensor(a.expression.extreme(b.expression, Minimum.operation))
  }

  /// 0 where x < 0, 1 where x > 0, and `values` where x is 0; 0 for NaN. The shapes broadcast. Not differentiable.
  public func heaviside(_ values: Tensor) -> Tensor { Tensor(expression.heaviside(values.expression)) }

  /// Whether the sign bit is set: true for negative numbers, and for −0.
  public func signBit() -> Tensor<Bool> {
    let x = expression
    let signed = x.type.isFloatingPoint ? CopySign.operation.apply(Expression.full(1, x.type, shape), x) : x
    return Tensor<Bool>(Less.operation.apply(signed, x.number(0)))
  }
}
