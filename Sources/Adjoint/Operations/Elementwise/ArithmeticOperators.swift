import AdjointKernels

// A literal operand could be a number or a scalar tensor: of the two the number is meant, and costs no node.
extension Tensor where Scalar: TensorNumber {
  private static func number(_ value: Scalar) -> Expression { Expression(bits: value.elementBits, Scalar.elementType) }

  /// The sum, element by element. The shapes broadcast; integers wrap. Derivatives: 1 and 1.
  @_disfavoredOverload
  public static func + (a: Tensor, b: Tensor) -> Tensor { Tensor(Add.operation.apply(a.expression, b.expression)) }
  /// The sum with a number.
  public static func + (a: Tensor, b: Scalar) -> Tensor { Tensor(Add.operation.apply(a.expression, number(b))) }
  /// The sum with a number.
  public static func + (a: Scalar, b: Tensor) -> Tensor { Tensor(Add.operation.apply(number(a), b.expression)) }

  /// The difference, element by element. The shapes broadcast; integers wrap. Derivatives: 1 and −1.
  @_disfavoredOverload
  public static func - (a: Tensor, b: Tensor) -> Tensor { Tensor(Subtract.operation.apply(a.expression, b.expression)) }
  /// The difference from a number.
  public static func - (a: Tensor, b: Scalar) -> Tensor { Tensor(Subtract.operation.apply(a.expression, number(b))) }
  /// A number less each element.
  public static func - (a: Scalar, b: Tensor) -> Tensor { Tensor(Subtract.operation.apply(number(a), b.expression)) }

  /// The product, element by element. The shapes broadcast; integers wrap. Derivatives: b and a.
  @_disfavoredOverload
  public static func * (a: Tensor, b: Tensor) -> Tensor {
    // x · x reads its operand once, forward and backward.
    a.node === b.node ? Tensor(a.expression.square()) : Tensor(Multiply.operation.apply(a.expression, b.expression))
  }
  /// The product with a number.
  public static func * (a: Tensor, b: Scalar) -> Tensor { Tensor(Multiply.operation.apply(a.expression, number(b))) }
  /// The product with a number.
  public static func * (a: Scalar, b: Tensor) -> Tensor { Tensor(Multiply.operation.apply(number(a), b.expression)) }

  /// The negation, element by element; integers wrap. Derivative: −1.
  public static prefix func - (a: Tensor) -> Tensor { Tensor(Negate.operation.apply(a.expression)) }
}

extension Tensor where Scalar: TensorFloatingPoint {
  /// The quotient, element by element, as IEEE 754 says: ±∞ or NaN for a divisor of 0. The shapes broadcast.
  ///
  /// Derivatives: 1/b and −a/b².
  @_disfavoredOverload
  public static func / (a: Tensor, b: Tensor) -> Tensor { Tensor(Divide.operation.apply(a.expression, b.expression)) }
  /// The quotient by a number.
  public static func / (a: Tensor, b: Scalar) -> Tensor { Tensor(Divide.operation.apply(a.expression, number(b))) }
  /// A number divided by each element.
  public static func / (a: Scalar, b: Tensor) -> Tensor { Tensor(Divide.operation.apply(number(a), b.expression)) }
}
