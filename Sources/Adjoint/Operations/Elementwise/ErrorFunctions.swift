import AdjointKernels
import CKernels

/// 2/√π · ∫₀ˣ e^(−t²) dt.
enum ErrorFunction {
  static let operation = Operation.elementwise(
    "Erf", CK_ERF, { x, _ in (-x[0].square()).exp() * x[0].number(1.12837916709551257389615890312154517) })
}

/// 1 − erf x.
enum ComplementaryErrorFunction {
  static let operation = Operation.elementwise(
    "Erfc", CK_ERFC, { x, _ in (-x[0].square()).exp() * x[0].number(-1.12837916709551257389615890312154517) })
}

extension Expression {
  func erf() -> Expression { ErrorFunction.operation.apply(self) }
  func erfc() -> Expression { ComplementaryErrorFunction.operation.apply(self) }
}

extension Tensor where Scalar: TensorFloatingPoint {
  /// The error function 2/√π · ∫₀ˣ e^(−t²) dt, element by element; ±1 at ±∞.
  ///
  /// Derivative: 2/√π · e^(−x²).
  public func erf() -> Tensor { Tensor(expression.erf()) }

  /// 1 − erf x, element by element, accurate where erf x is near 1.
  ///
  /// 2 at −∞, 0 at +∞. Derivative: −2/√π · e^(−x²).
  public func erfc() -> Tensor { Tensor(expression.erfc()) }
}
