import AdjointKernels
import CKernels

/// The hyperbolic tangent.
enum HyperbolicTangent {
  static let operation = Operation.elementwise(
    "Tanh", CK_TANH, { x, y in Expression(1, x[0].type) - y.square() })
}

/// 1 / (1 + e⁻ˣ).
enum Sigmoid {
  static let operation = Operation.elementwise(
    "Sigmoid", CK_SIGMOID, { x, y in y * (Expression(1, x[0].type) - y) })
}

/// max(x, 0).
enum RectifiedLinear {
  static let operation = Operation.elementwise(
    "Relu", CK_RELU, { x, _ in Greater.operation.apply(x[0], Expression(0, x[0].type)) })
}

extension Expression {
  func tanh() -> Expression { HyperbolicTangent.operation.apply(self) }
  func sigmoid() -> Expression { Sigmoid.operation.apply(self) }
  func relu() -> Expression { RectifiedLinear.operation.apply(self) }
}

extension Tensor where Scalar: TensorFloatingPoint {
  /// The hyperbolic tangent, element by element; ±1 at ±∞.
  ///
  /// Derivative: 1 − y².
  public func tanh() -> Tensor { Tensor(expression.tanh()) }

  /// 1 / (1 + e⁻ˣ), element by element, without overflow: 0 at −∞, 1 at +∞.
  ///
  /// Derivative: y·(1 − y).
  public func sigmoid() -> Tensor { Tensor(expression.sigmoid()) }

  /// max(x, 0), element by element; NaN stays NaN.
  ///
  /// Derivative: 1 where x > 0, and 0 elsewhere, at 0 too.
  public func relu() -> Tensor { Tensor(expression.relu()) }
}
