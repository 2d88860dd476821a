import AdjointKernels
import CKernels
import Foundation

/// The largest integer ≤ x.
enum Floor: OperationDeclaration {
  static let operation = Operation.elementwise("Floor", CK_FLOOR, { _, _ in .zeroSlope })

  static let samples = Sample.unary(-3...3, isSmooth: false, Foundation.floor) { $0.floor() }
}

/// The smallest integer ≥ x.
enum Ceiling: OperationDeclaration {
  static let operation = Operation.elementwise("Ceil", CK_CEIL, { _, _ in .zeroSlope })

  static let samples = Sample.unary(-3...3, isSmooth: false, Foundation.ceil) { $0.ceil() }
}

/// The nearest integer, the even one of two.
enum Round: OperationDeclaration {
  static let operation = Operation.elementwise("Round", CK_ROUND, { _, _ in .zeroSlope })

  static let samples = Sample.unary(-3...3, isSmooth: false, Foundation.rint) { $0.round() }
}

/// The integer part.
enum Truncate: OperationDeclaration {
  static let operation = Operation.elementwise("Trunc", CK_TRUNC, { _, _ in .zeroSlope })

  static let samples = Sample.unary(-3...3, isSmooth: false, Foundation.trunc) { $0.truncated() }
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
