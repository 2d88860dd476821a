import AdjointKernels
import CKernels

/// Whether all are true over axes.
enum AllTrue {
  static let operation = Operation("All", .reduction(CK_REDUCE_ALL), .none)
}

/// Whether any is true over axes.
enum AnyTrue {
  static let operation = Operation("Any", .reduction(CK_REDUCE_ANY), .none)
}

/// How many are not 0 over axes.
enum CountNonzero {}

extension Expression {
  func countNonzero(mask: Int, keepingDimensions: Bool) -> Expression {
    asArray.converted(to: .bool).converted(to: .int64).sum(mask: mask, keepingDimensions: keepingDimensions)
  }
}

extension Tensor {
  private func reduced(_ operation: Operation, _ axes: [Int]?, _ keepingDimensions: Bool, _ name: String) -> Tensor<
    Bool
  > {
    Tensor<Bool>(
      expression.asArray.converted(to: .bool).reduce(
        operation, mask: shape.mask(axes, name), keepingDimensions: keepingDimensions))
  }

  /// Whether all elements over some axes (all for nil) are true, or not 0; NaN is not 0. All of nothing are.
  public func all(axes: [Int]? = nil, keepingDimensions: Bool = false) -> Tensor<Bool> {
    reduced(AllTrue.operation, axes, keepingDimensions, "all")
  }

  /// Whether any element over some axes (all for nil) is true, or not 0; NaN is not 0. None of nothing is.
  public func any(axes: [Int]? = nil, keepingDimensions: Bool = false) -> Tensor<Bool> {
    reduced(AnyTrue.operation, axes, keepingDimensions, "any")
  }

  /// How many elements over some axes (all for nil) are true, or not 0; NaN is not 0.
  public func countNonzero(axes: [Int]? = nil, keepingDimensions: Bool = false) -> Tensor<Int> {
    Tensor<Int>(
      expression.countNonzero(mask: shape.mask(axes, "countNonzero"), keepingDimensions: keepingDimensions))
  }
}

extension Tensor where Scalar == Bool {
  /// How many elements over some axes (all for nil) are true.
  public func sum(axes: [Int]? = nil, keepingDimensions: Bool = false) -> Tensor<Int> {
    countNonzero(axes: axes, keepingDimensions: keepingDimensions)
  }
}
