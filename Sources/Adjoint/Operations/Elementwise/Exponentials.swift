import AdjointKernels
import CKernels

/// eˣ.
enum Exponential {
  static let operation = Operation.elementwise(
    "Exp", CK_EXP, { _, y in y })
}

/// 2ˣ.
enum BinaryExponential {
  static let operation = Operation.elementwise(
    "Exp2", CK_EXP2, { x, y in y * x[0].number(0.693147180559945309417232121458176568) })
}

/// eˣ − 1.
enum ExponentialMinusOne {
  static let operation = Operation.elementwise(
    "Expm1", CK_EXPM1, { x, _ in x[0].exp() })
}

extension Expression {
  func exp() -> Expression { Exponential.operation.apply(self) }
  func exp2() -> Expression { BinaryExponential.operation.apply(self) }
  func expm1() -> Expression { ExponentialMinusOne.operation.apply(self) }
}

extension Tensor where Scalar: TensorFloatingPoint {
  /// eˣ, element by element.
  ///
  /// exp(−∞) = 0, exp(+∞) = +∞, NaN stays NaN; overflows to +∞. Derivative: eˣ.
  public func exp() -> Tensor { Tensor(expression.exp()) }

  /// 2ˣ, element by element; exact for integers.
  ///
  /// Derivative: 2ˣ·ln 2.
  public func exp2() -> Tensor { Tensor(expression.exp2()) }

  /// eˣ − 1, element by element, accurate near 0 too.
  ///
  /// −1 at −∞, ±0 at ±0. Derivative: eˣ.
  public func expm1() -> Tensor { Tensor(expression.expm1()) }
}
