import AdjointKernels

/// Σ (x − mean)² / (n − correction) over axes.
enum Variance {}

/// √variance over axes.
enum StandardDeviation {}

/// What is left of some numbers after a first guess of their mean, and what the guess missed.
///
/// The mean as it is rounded is a constant: the deviations from it, the mean of these and the sum of squares about that mean are
/// exact about any constant near by, and so are their derivatives. That is the corrected two-pass algorithm (Chan, Golub and
/// LeVeque, "Algorithms for computing the sample variance", 1983); without the correction the rounding of a large mean counts as
/// spread.
struct Moments {
  let deviations: Expression
  let mean: Expression
  /// Σ (x − mean)², never below 0.
  let squares: Expression

  init(_ x: Expression, mask: Int) {
    let count = Double(x.shape.count(of: mask))
    deviations = x - x.detached().mean(mask: mask)
    let sum = deviations.sum(mask: mask)
    mean = sum / sum.number(count)
    let difference = deviations.square().sum(mask: mask) - sum * mean
    // The value is kept from falling below 0 by rounding, the derivative is left as it is.
    squares = difference + (-difference).detached().relu()
  }
}

extension Expression {
  /// The variance over the axes of a mask, which stay at extent 1.
  func variance(mask: Int, correction: Double) -> Expression {
    let x = asArray
    // Of nothing: NaN, with derivative 0.
    if shape.count(of: mask) == 0 { return x.sum(mask: mask) + number(.nan) }
    return Moments(x, mask: mask).squares / number(Swift.max(Double(shape.count(of: mask)) - correction, 0))
  }
}

extension Tensor where Scalar: TensorFloatingPoint {
  /// Σ (x − mean)² / (n − correction) over some axes (all for nil).
  ///
  /// The mean is computed first, so that nothing cancels: the relative error is that of the sums, about (n/128 + 10)·u for rows
  /// and a few u for all elements or columns, whatever the mean. `correction` is 1 for the unbiased estimate of a sample, 0 for
  /// a whole population; NaN where n ≤ correction and all elements are equal. Derivative: 2·(x − mean)/(n − correction).
  public func variance(axes: [Int]? = nil, correction: Double = 1, keepingDimensions: Bool = false) -> Tensor {
    let mask = shape.mask(axes, "variance")
    checkCorrection("variance", correction)
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
    checkCorrection("standardDeviation", correction)
    return Tensor(
      expression.variance(mask: mask, correction: correction)
        .reshaped(keepingDimensions ? shape.keeping(mask) : shape.removing(mask)).flatSquareRoot())
  }
}

private func checkCorrection(_ operation: String, _ correction: Double) {
  guard correction.isFinite else { fatalError("\(operation): correction is \(correction); it must be finite") }
}
