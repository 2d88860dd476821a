import AdjointKernels
import CKernels

/// Whether x is NaN.
enum IsNaN {
  static let operation = Operation.elementwise(undifferentiable: "IsNaN", CK_IS_NAN)
}

/// Whether x is +∞ or −∞.
enum IsInfinite {
  static let operation = Operation.elementwise(undifferentiable: "IsInf", CK_IS_INF)
}

/// Whether x is neither NaN nor infinite.
enum IsFinite {
  static let operation = Operation.elementwise(undifferentiable: "IsFinite", CK_IS_FINITE)
}

extension Tensor where Scalar: TensorNumber {
  /// A mask of where the elements are NaN.
  public func isNaN() -> Tensor<Bool> { Tensor<Bool>(IsNaN.operation.apply(expression)) }

  /// A mask of where the elements are +∞ or −∞.
  public func isInfinite() -> Tensor<Bool> { Tensor<Bool>(IsInfinite.operation.apply(expression)) }

  /// A mask of where the elements are neither NaN nor infinite.
  public func isFinite() -> Tensor<Bool> { Tensor<Bool>(IsFinite.operation.apply(expression)) }

  /// A mask of where the elements are 0; NaN is not.
  public func logicalNot() -> Tensor<Bool> { Tensor<Bool>(LogicalNot.operation.apply(expression)) }
}
