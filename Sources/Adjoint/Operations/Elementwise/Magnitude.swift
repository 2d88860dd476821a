import AdjointKernels
import CKernels

/// |x|.
enum AbsoluteValue {
  static let operation = Operation.elementwise("Abs", CK_ABS, { x, _ in x[0].sign() })
}

/// −1, 0 or 1.
enum Sign {
  static let operation = Operation.elementwise("Sign", CK_SIGN, { _, _ in .zeroSlope })
}

/// The power of two that keeps squares of numbers up to |x| within the type's range; 1 for most numbers, and for 0, ∞, NaN.
enum RangeScale {
  static let operation = Operation.elementwise(undifferentiable: "RangeScale", CK_RANGE_SCALE)
}

extension Expression {
  func rangeScale() -> Expression { RangeScale.operation.apply(self) }
  func absoluteValue() -> Expression { AbsoluteValue.operation.apply(self) }
  func sign() -> Expression { Sign.operation.apply(self) }
}

extension Tensor where Scalar: TensorNumber {
  /// |x|, element by element; the lowest integer stays as it is, since integers wrap.
  ///
  /// Derivative: the sign of x, 0 at 0.
  public func abs() -> Tensor { Tensor(expression.absoluteValue()) }

  /// −1, 0 or 1, element by element: the sign of x. Derivative: 0.
  public func sign() -> Tensor { Tensor(expression.sign()) }
}
