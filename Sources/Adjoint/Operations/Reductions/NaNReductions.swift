import AdjointKernels

/// Σ x over axes, where NaN counts as 0.
enum NaNSum {}

/// The mean over axes of what is not NaN.
enum NaNMean {}

extension Expression {
  func nanSum(mask: Int) -> Expression {
    Select.apply(mask: IsNaN.operation.apply(self), number(0), self).asArray.sum(mask: mask)
  }

  func nanMean(mask: Int) -> Expression {
    let isNumber = LogicalNot.operation.apply(IsNaN.operation.apply(detached()))
    let numbers = Select.apply(mask: IsNaN.operation.apply(self), number(0), self).asArray
    // The mean over all places times their number over that of the numbers: in the range where the sum is not.
    return numbers.mean(mask: mask)
      * (number(Double(shape.count(of: mask))) / isNumber.converted(to: type).expanded(to: shape).sum(mask: mask))
  }
}

extension Tensor where Scalar: TensorNumber {
  /// Σ x over some axes (all for nil), where NaN counts as 0. Derivative: the cotangent, and 0 at NaN.
  public func nanSum(axes: [Int]? = nil, keepingDimensions: Bool = false) -> Tensor {
    let mask = shape.mask(axes, "nanSum")
    return Tensor(
      expression.nanSum(mask: mask).reshaped(keepingDimensions ? shape.keeping(mask) : shape.removing(mask)))
  }
}

extension Tensor where Scalar: TensorFloatingPoint {
  /// The mean over some axes (all for nil) of the elements that are not NaN; NaN where there are none.
  ///
  /// Derivative: the cotangent over their number, and 0 at NaN.
  public func nanMean(axes: [Int]? = nil, keepingDimensions: Bool = false) -> Tensor {
    let mask = shape.mask(axes, "nanMean")
    return Tensor(
      expression.nanMean(mask: mask).reshaped(keepingDimensions ? shape.keeping(mask) : shape.removing(mask)))
  }

  /// The variance over some axes (all for nil) and the mean, as ``variance(axes:correction:keepingDimensions:)``.
  public func varianceAndMean(
    axes: [Int]? = nil, correction: Double = 1, keepingDimensions: Bool = false
  ) -> (variance: Tensor, mean: Tensor) {
    (
      variance(axes: axes, correction: correction, keepingDimensions: keepingDimensions),
      mean(axes: axes ?? Array(shape.indices), keepingDimensions: keepingDimensions)
    )
  }

  /// The standard deviation over some axes (all for nil) and the mean.
  public func standardDeviationAndMean(
    axes: [Int]? = nil, correction: Double = 1, keepingDimensions: Bool = false
  ) -> (standardDeviation: Tensor, mean: Tensor) {
    (
      standardDeviation(axes: axes, correction: correction, keepingDimensions: keepingDimensions),
      mean(axes: axes ?? Array(shape.indices), keepingDimensions: keepingDimensions)
    )
  }
}

extension Tensor where Scalar: TensorNumber {
  /// The smallest and the largest element along an axis, or of all for nil; ties share the cotangents equally.
  public func aminmax(axis: Int? = nil, keepingDimensions: Bool = false) -> (min: Tensor, max: Tensor) {
    let axes = axis.map { [$0] }
    return (
      amin(axes: axes, keepingDimensions: keepingDimensions), amax(axes: axes, keepingDimensions: keepingDimensions)
    )
  }
}
