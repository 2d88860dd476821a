import AdjointKernels
import CKernels

/// 1 / (1 + e⁻ˣ).
enum Sigmoid {
  static let operation = Operation.elementwise(
    "Sigmoid", CK_SIGMOID,
    // y·(1 − y) has no digits left for large x.
    { x, _ in (x[0] * x[0].number(0.5)).hyperbolicSecantSquare() * x[0].number(0.25) })
}

/// ln(1 / (1 + e⁻ˣ)).
enum LogSigmoid {
  static let operation = Operation.elementwise("LogSigmoid", CK_LOG_SIGMOID, { x, _ in (-x[0]).sigmoid() })
}

/// max(x, 0).
enum RectifiedLinear {
  static let operation = Operation.elementwise(
    "Relu", CK_RELU, { x, _ in Greater.operation.apply(x[0], x[0].number(0)) })
}

/// x / (1 + e⁻ˣ).
enum SigmoidLinear {}

extension Expression {
  func sigmoid() -> Expression { Sigmoid.operation.apply(self) }
  func logSigmoid() -> Expression { LogSigmoid.operation.apply(self) }
  func relu() -> Expression { RectifiedLinear.operation.apply(self) }
  func silu() -> Expression { self * sigmoid() }
}

extension Tensor where Scalar: TensorFloatingPoint {
  /// 1 / (1 + e⁻ˣ), element by element, without overflow: 0 at −∞, 1 at +∞.
  ///
  /// Derivative: y·(1 − y), by e^(−|x|), which keeps its digits for large x.
  public func sigmoid() -> Tensor { Tensor(expression.sigmoid()) }

  /// ln(1 / (1 + e⁻ˣ)), element by element, as min(x, 0) − ln(1 + e^(−|x|)): no overflow, no cancellation.
  ///
  /// Derivative: 1 / (1 + eˣ).
  public func logSigmoid() -> Tensor { Tensor(expression.logSigmoid()) }

  /// max(x, 0), element by element; NaN stays NaN.
  ///
  /// Derivative: 1 where x > 0, and 0 elsewhere, at 0 too.
  public func relu() -> Tensor { Tensor(expression.relu()) }

  /// x · sigmoid(x), element by element: the SiLU or swish. NaN at −∞, as in PyTorch.
  ///
  /// Derivative: s + x·s·(1 − s) with s = sigmoid(x).
  public func silu() -> Tensor { Tensor(expression.silu()) }
}
