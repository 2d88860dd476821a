import AdjointKernels
import CKernels

/// eˣ.
enum Exponential {
  static let operation = Operation.elementwise("Exp", CK_EXP, { _, y in y })
}

/// ln x.
enum Logarithm {
  static let operation = Operation.elementwise("Log", CK_LOG, { x, _ in Expression(1, x[0].type) / x[0] })
}

extension Expression {
  func exp() -> Expression { Exponential.operation.apply(self) }
  func log() -> Expression { Logarithm.operation.apply(self) }
}

extension Tensor where Scalar: TensorFloatingPoint {
  /// eˣ, element by element.
  ///
  /// exp(−∞) = 0, exp(+∞) = +∞, NaN stays NaN; overflows to +∞. Derivative: eˣ.
  public func exp() -> Tensor { Tensor(expression.exp()) }

  /// The natural logarithm, element by element.
  ///
  /// log(±0) = −∞, NaN below 0, log(+∞) = +∞. Derivative: 1/x.
  public func log() -> Tensor { Tensor(expression.log()) }
}
