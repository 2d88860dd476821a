import AdjointKernels
import CKernels

/// ln x.
enum Logarithm {
  static let operation = Operation.elementwise(
    "Log", CK_LOG, { x, _ in x[0].number(1) / x[0] })
}

/// ln(1 + x).
enum LogarithmOfOnePlus {
  static let operation = Operation.elementwise(
    "Log1p", CK_LOG1P, { x, _ in x[0].number(1) / (x[0] + x[0].number(1)) })
}

/// log₂ x.
enum BinaryLogarithm {
  static let operation = Operation.elementwise(
    "Log2", CK_LOG2, { x, _ in x[0].number(1) / (x[0] * x[0].number(0.693147180559945309417232121458176568)) })
}

/// log₁₀ x.
enum CommonLogarithm {
  static let operation = Operation.elementwise(
    "Log10", CK_LOG10, { x, _ in x[0].reciprocal() * x[0].number(0.434294481903251827651128918916605082) })
}

extension Expression {
  func log() -> Expression { Logarithm.operation.apply(self) }
  func log1p() -> Expression { LogarithmOfOnePlus.operation.apply(self) }
  func log2() -> Expression { BinaryLogarithm.operation.apply(self) }
  func log10() -> Expression { CommonLogarithm.operation.apply(self) }
}

extension Tensor where Scalar: TensorFloatingPoint {
  /// The natural logarithm, element by element.
  ///
  /// log(±0) = −∞, NaN below 0, log(+∞) = +∞. Derivative: 1/x.
  public func log() -> Tensor { Tensor(expression.log()) }

  /// ln(1 + x), element by element, accurate near 0 too.
  ///
  /// −∞ at −1, NaN below. Derivative: 1/(1 + x).
  public func log1p() -> Tensor { Tensor(expression.log1p()) }

  /// The logarithm to base 2, element by element; exact for powers of 2.
  ///
  /// Derivative: 1/(x·ln 2).
  public func log2() -> Tensor { Tensor(expression.log2()) }

  /// The logarithm to base 10, element by element.
  ///
  /// Derivative: 1/(x·ln 10).
  public func log10() -> Tensor { Tensor(expression.log10()) }
}
