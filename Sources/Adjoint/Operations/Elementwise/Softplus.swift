import AdjointKernels
import Foundation

/// ln(1 + e^(βx)) / β.
enum Softplus: OperationDeclaration {
  static let samples =
    Sample.unary(-3...3, { Foundation.log1p(Foundation.exp($0)) }) { $0.softplus(beta: 1, threshold: 20) }
    + Sample.unary(-3...3, { 2 * $0 > 3 ? $0 : Foundation.log1p(Foundation.exp(2 * $0)) / 2 }) {
      $0.softplus(beta: 2, threshold: 3)
    }
}

extension Expression {
  func softplus(beta: Double, threshold: Double) -> Expression {
    let scaled = self * number(beta)
    // −logSigmoid(−z) = ln(1 + eᶻ) overflows nowhere, so that the branch not taken has a finite slope.
    let curve = (-scaled).logSigmoid() * number(-1 / beta)
    return Select.apply(mask: Greater.operation.apply(scaled, number(threshold)), self, curve)
  }
}

extension Tensor where Scalar: TensorFloatingPoint {
  /// ln(1 + e^(βx)) / β, element by element, and x itself where βx is above the threshold.
  ///
  /// Overflows nowhere. Derivative: sigmoid(βx), and 1 above the threshold.
  public func softplus(beta: Scalar = 1, threshold: Scalar = 20) -> Tensor {
    Tensor(expression.softplus(beta: Double(beta), threshold: Double(threshold)))
  }
}
