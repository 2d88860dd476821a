import AdjointKernels

/// How ``Tensor/gelu(approximation:)`` computes the normal distribution's Φ.
public enum GELUApproximation: Sendable {
  /// Φ by the error function.
  case none
  /// The tanh formula of Hendrycks and Gimpel (arXiv:1606.08415).
  case tanh
}

/// x·Φ(x).
enum GaussianErrorLinear {}

extension Expression {
  func gelu(_ approximation: GELUApproximation) -> Expression {
    switch approximation {
    case .none:
      // By erfc of −x/√2: 1 + erf loses all its digits below −6.
      return self * number(0.5) * (self * number(-0.5.squareRoot())).erfc()
    case .tanh:
      // By the logistic function of twice the argument: 1 + tanh loses all its digits below −6. Beyond ±32 it is 0 or 1, and
      // the square would overflow.
      let (slope, square) = ((8 / Double.pi).squareRoot(), ClampAbove.operation.apply(square(), number(1024)))
      return self * (self * (square * number(0.044715 * slope) + number(slope))).sigmoid()
    }
  }

}

extension Tensor where Scalar: TensorFloatingPoint {
  /// x·Φ(x), element by element, with the normal distribution's Φ: the GELU. NaN at −∞, as in PyTorch.
  ///
  /// Derivative: Φ(x) + x·φ(x).
  public func gelu(approximation: GELUApproximation = .none) -> Tensor { Tensor(expression.gelu(approximation)) }
}
