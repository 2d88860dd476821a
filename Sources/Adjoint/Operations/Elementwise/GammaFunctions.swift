import AdjointKernels
import CKernels

/// ln |Γ(x)|.
enum LogGamma {
  static let operation: Operation = .elementwise("LGamma", CK_LGAMMA, { x, _ in x[0].digamma() })
}

/// The derivative of ln |Γ(x)|.
enum Digamma {
  static let operation: Operation = .elementwise(
    "Digamma", CK_DIGAMMA, { x, _ in HurwitzZeta.operation.apply(x[0].number(2), x[0]) })
}

/// Σ (x₁ + k)^(−x₀) over k ≥ 0, whose order x₀ is a number.
enum HurwitzZeta {
  static let operation: Operation = .elementwise(
    "HurwitzZeta", CK_HURWITZ_ZETA, nil,
    { x, _ in operation.apply(x[0] + x[0].number(1), x[1]) * (x[0] * x[0].number(-1)) })
}

extension Expression {
  func logGamma() -> Expression { LogGamma.operation.apply(self) }
  func digamma() -> Expression { Digamma.operation.apply(self) }

  func polygamma(_ order: Int) -> Expression {
    if order == 0 { return digamma() }
    let factorial = (1...order).reduce(1.0) { $0 * Double($1) }
    return HurwitzZeta.operation.apply(number(Double(order + 1)), self)
      * number(order % 2 == 1 ? factorial : -factorial)
  }
}

extension Tensor where Scalar: TensorFloatingPoint {
  /// ln |Γ(x)|, element by element: for whole n, ln (n − 1)!.
  ///
  /// +∞ at 0, at negative whole numbers and at ±∞. Stirling's series from 8 on; below, the zeros at 1 and 2 are factors of
  /// what is computed, so that results near 0 keep their digits. Negative numbers are reflected. Derivative: ``digamma()``.
  public func logGamma() -> Tensor { Tensor(expression.logGamma()) }

  /// The digamma function ψ(x) = d/dx ln Γ(x), element by element.
  ///
  /// −∞ at 0 and +∞ at −0, NaN at negative whole numbers and at −∞. Derivative: ``polygamma(order:)`` of order 1.
  public func digamma() -> Tensor { Tensor(expression.digamma()) }

  /// The nth derivative of the digamma function, element by element: (−1)ⁿ⁺¹·n!·ζ(n + 1, x), and ψ(x) for order 0.
  ///
  /// Hurwitz's ζ by Euler and Maclaurin's formula, one element after the other. Derivative: the next order.
  public func polygamma(order: Int) -> Tensor {
    guard (0...60).contains(order) else { fatalError("polygamma: order \(order); it must lie in 0...60") }
    return Tensor(expression.polygamma(order))
  }
}
