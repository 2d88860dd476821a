import AdjointKernels
import CKernels

/// |x|.
enum AbsoluteValue: OperationDeclaration {
  static let operation = Operation.elementwise("Abs", CK_ABS, { x, _ in x[0].sign() })

  static let samples =
    Sample.unary(0.25...2, { Swift.abs($0) }) { $0.absoluteValue() }
    + Sample.unary(-2 ... -0.25, { Swift.abs($0) }) { $0.absoluteValue() }
}

/// −1, 0 or 1.
enum Sign: OperationDeclaration {
  static let operation = Operation.elementwise("Sign", CK_SIGN, { _, _ in .zeroSlope })

  static let samples = Sample.unary(-2...2, isSmooth: false, { $0 > 0 ? 1 : $0 < 0 ? -1 : 0 }) { $0.sign() }
}

extension Expression {
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
