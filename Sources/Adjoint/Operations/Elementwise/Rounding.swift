import AdjointKernels
import CKernels

/// The largest integer ≤ x.
enum Floor {
  static let operation = Operation.elementwise("Floor", CK_FLOOR, { _, _ in .zeroSlope })
}

/// The smallest integer ≥ x.
enum Ceiling {
  static let operation = Operation.elementwise("Ceil", CK_CEIL, { _, _ in .zeroSlope })
}

/// The nearest integer, the even one of two.
enum Round {
  static let operation = Operation.elementwise("Round", CK_ROUND, { _, _ in .zeroSlope })
}

/// The integer part.
enum Truncate {
  static let operation = Operation.elementwise("Trunc", CK_TRUNC, { _, _ in .zeroSlope })
}

extension Expression {
  func floor() -> Expression { Floor.operation.apply(self) }
  func ceil() -> Expression { Ceiling.operation.apply(self) }
  func round() -> Expression { Round.operation.apply(self) }
  func truncated() -> Expression { Truncate.operation.apply(self) }
}

extension Tensor where Scalar: TensorFloatingPoint {
  /// The largest integer ≤ x, element by element. Derivative: 0.
  public func floor() -> Tensor { Tensor(expression.floor()) }

  /// The smallest integer ≥ x, element by element. Derivative: 0.
  public func ceil() -> Tensor { Tensor(expression.ceil()) }

  /// The nearest integer, element by element; halves go to the even one, as IEEE 754 rounds. Derivative: 0.
  public func round() -> Tensor { Tensor(expression.round()) }

  /// The integer part, element by element: toward zero. Derivative: 0.
  public func truncated() -> Tensor { Tensor(expression.truncated()) }
}
