import AdjointKernels

/// Σ (x − mean)² / (n − correction) over axes.
enum Variance {}

/// √variance over axes.
enum StandardDeviation {}

extension Expression {
  /// The variance over the axes of a mask, which stay at extent 1.
  ///
  /// Two passes over the elements: the sum of squares less the square of the sum cancels.
  func variance(mask: Int, correction: Double) -> Expression {
    let x = asArray
    // Of nothing: NaN, with derivative 0.
    if shape.count(of: mask) == 0 { return x.sum(mask: mask) + number(.nan) }
    let deviations = x - x.mean(mask: mask)
    return deviations.square().sum(mask: mask) / number(Swift.max(Double(shape.count(of: mask)) - correction, 0))
  }
}

extension Tensor where Scalar: TensorFloatingPoint {
  /// Σ (x − mean)² / (n − correction) over some axes (all for nil).
  ///
  /// The mean is computed first, so that nothing cancels. `correction` is 1 for the unbiased estimate of a sample, 0 for
  /// a whole population; NaN where n ≤ correction and all elements are equal. Derivative: 2·(x − mean)/(n − correction).
  public func variance(axes: [Int]? = nil, correction: Double = 1, keepingDimensions: Bool = false) -> Tensor {
    let mask = shape.mask(axes, "variance")
    return Tensor(
      expression.variance(mask: mask, correction: correction)
        .reshaped(keepingDimensions ? shape.keeping(mask) : shape.removing(mask)))
  }

  /// √``variance(axes:correction:keepingDimensions:)``.
  ///
  /// Derivative: (x − mean)/((n − correction)·y), and 0 where y is 0.
  public func standardDeviation(
    axes: [Int]? = nil, correction: Double = 1, keepingDimensions: Bool = false
  ) -> Tensor {
    let mask = shape.mask(axes, "standardDeviation")
    return Tensor(
      expression.variance(mask: mask, correction: correction).flatSquareRoot()
        .reshaped(keepingDimensions ? shape.keeping(mask) : shape.removing(mask)))
  }
}
