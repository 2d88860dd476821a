import AdjointKernels
import CKernels

/// Whether x is NaN.
enum IsNaN: OperationDeclaration {
  static let operation = Operation.elementwise(undifferentiable: "IsNaN", CK_IS_NAN)

  static let samples = [
    Sample("[5]", [special], isSmooth: false, reference: { $0[0].isNaN ? 1 : 0 }) { [operation.apply($0[0])] }
  ]

  fileprivate static let special = Sample.Input.values([0, .nan, .infinity, -.infinity, -1.5], [5])
}

/// Whether x is +∞ or −∞.
enum IsInfinite: OperationDeclaration {
  static let operation = Operation.elementwise(undifferentiable: "IsInf", CK_IS_INF)

  static let samples = [
    Sample("[5]", [IsNaN.special], isSmooth: false, reference: { $0[0].isInfinite ? 1 : 0 }) {
      [operation.apply($0[0])]
    }
  ]
}

/// Whether x is neither NaN nor infinite.
enum IsFinite: OperationDeclaration {
  static let operation = Operation.elementwise(undifferentiable: "IsFinite", CK_IS_FINITE)

  static let samples = [
    Sample("[5]", [IsNaN.special], isSmooth: false, reference: { $0[0].isFinite ? 1 : 0 }) { [operation.apply($0[0])] }
  ]
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
