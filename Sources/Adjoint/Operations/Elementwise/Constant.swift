import AdjointKernels

extension Expression {
  /// A slope that is zero, whatever the cotangent: a mask that lets nothing through, so that 0 · ∞ never arises.
  ///
  /// The result of an operation with this slope is tracked, and its operand gets zeros, as in PyTorch.
  static let zeroSlope = Expression(bits: 0, .bool)

  /// A number of this expression's type.
  func number(_ value: Double) -> Expression { Expression(value, type) }
}
