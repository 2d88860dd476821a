import AdjointKernels
import CKernels

/// The largest element over axes; ties share the cotangent equally.
enum Maximal {
  static let operation = Operation("AMax", .reduction(CK_REDUCE_MAX), .reduction(weights: sharedAmongTies))

  /// 1/n for the n elements that are the result, and 0 for the others.
  static let sharedAmongTies: @Sendable (Expression, Expression, Recorded) -> Expression = { x, y, node in
    let hits = x.isChosen(as: y)
    return hits / hits.sum(mask: node.attribute)
  }
}

/// The smallest element over axes; ties share the cotangent equally.
enum Minimal {
  static let operation = Operation("AMin", .reduction(CK_REDUCE_MIN), .reduction(weights: Maximal.sharedAmongTies))
}

extension Expression {
  /// 1 where an element is the extreme that was found, and 0 elsewhere. Where there is NaN the extreme is NaN, which equals nothing:
  /// what is NaN is then what was chosen.
  func isChosen(as extreme: Expression) -> Expression {
    LogicalOr.operation.apply(Equal.operation.apply(self, extreme), IsNaN.operation.apply(self)).converted(to: type)
  }

  func extreme(_ operation: Operation, mask: Int, keepingDimensions: Bool = true, _ name: String? = nil) -> Expression {
    if shape.count(of: mask) == 0 && shape.removing(mask).elementCount > 0 {
      fatalError(
        "\(name ?? (operation.name == "AMax" ? "max" : "min")): shape \(shape) has no elements along the reduced axes, and "
          + "nothing has no extreme; the reduced extents must be at least 1")
    }
    return asArray.reduce(operation, mask: mask, keepingDimensions: keepingDimensions)
  }
}

extension Tensor where Scalar: TensorNumber {
  /// The largest element; NaN if there is one.
  ///
  /// Derivative: shared equally among the elements equal to it; if it is NaN, among those that are NaN.
  public func max() -> Tensor {
    Tensor(expression.extreme(Maximal.operation, mask: shape.mask(nil, "max"), keepingDimensions: false))
  }

  /// The smallest element; NaN if there is one.
  ///
  /// Derivative: shared equally among the elements equal to it; if it is NaN, among those that are NaN.
  public func min() -> Tensor {
    Tensor(expression.extreme(Minimal.operation, mask: shape.mask(nil, "min"), keepingDimensions: false))
  }

  /// The largest element over some axes (all for nil); NaN where there is one.
  ///
  /// Derivative: shared equally among the elements equal to it; where it is NaN, among those that are NaN.
  public func amax(axes: [Int]? = nil, keepingDimensions: Bool = false) -> Tensor {
    let mask = shape.mask(axes, "amax")
    return Tensor(expression.extreme(Maximal.operation, mask: mask, keepingDimensions: keepingDimensions, "amax"))
  }

  /// The smallest element over some axes (all for nil); NaN where there is one.
  ///
  /// Derivative: shared equally among the elements equal to it; where it is NaN, among those that are NaN.
  public func amin(axes: [Int]? = nil, keepingDimensions: Bool = false) -> Tensor {
    let mask = shape.mask(axes, "amin")
    return Tensor(expression.extreme(Minimal.operation, mask: mask, keepingDimensions: keepingDimensions, "amin"))
  }
}
