import AdjointKernels

/// Σ (x − mean)² / (n − correction) over axes.
enum Variance {}

/// √variance over axes: a value made of other operations, with a rule of its own.
///
/// Operands y, x, the power of two s that keeps squares in the range, and s·y, whose digits are all there where y² overflows.
enum StandardDeviation {
  static func operation(_ correction: Double) -> Operation {
    Operation.ruledReduction(
      "StandardDeviation", tag: StandardDeviation.self, parameters: [Int(bitPattern: UInt(correction.bitPattern))],
      tangent: { node, x, t in t * direction(node, x, correction) },
      finishing: { node, x, t, sum in TangentAtKink.record(sum, of: node, deviations(node, x, correction), t) },
      cotangent: { node, x, g in
        let kept = x.shape.keeping(node.attribute)
        // y² is the variance, also at 0, where y itself has no derivative.
        if let rest = g.without({ $0.isSameResult(as: node.node, ofOperand: 1) }) {
          return rest.keeping(kept) * deviations(node, x, correction)
        }
        return g.keeping(kept) * direction(node, x, correction)
      })
  }

  /// (x − mean)/(n − correction), times a power of two.
  private static func deviations(
    _ node: Recorded, _ x: Expression, _ correction: Double, times scale: Expression? = nil
  ) -> Expression {
    let moments = Moments(x, mask: node.attribute, scale: scale)
    let count = Double(x.shape.count(of: node.attribute))
    return (moments.deviations - moments.mean) / x.number(Swift.max(count - correction, 0))
  }

  /// (x − mean)/((n − correction)·y), and 0 where y is 0.
  private static func direction(_ node: Recorded, _ x: Expression, _ correction: Double) -> Expression {
    let kept = x.shape.keeping(node.attribute)
    let scale = node.x[2]
    let y = ScaledValue.operation.record(
      x.type, node.node.shape, Operands([node.x[3], node.y, scale.reshaped(node.node.shape)])
    )
    .keeping(kept)
    let isZero = Equal.operation.apply(y, y.number(0))
    return Select.apply(
      mask: isZero, y.number(0),
      deviations(node, x, correction, times: scale.keeping(kept)) / Select.apply(mask: isZero, y.number(1), y))
  }
}

/// What is left of some numbers after a first guess of their mean, and what the guess missed.
///
/// The mean as it is rounded is a constant: the deviations from it, the mean of these and the sum of squares about that mean are
/// exact about any constant near by, and so are their derivatives. That is the corrected two-pass algorithm (Chan, Golub and
/// LeVeque, "Algorithms for computing the sample variance", 1983); without the correction the rounding of a large mean counts as
/// spread.
struct Moments {
  let deviations: Expression
  let mean: Expression
  /// The mean of (x − mean)², never below 0.
  let squares: Expression

  /// Of x, or of x times a power of two that keeps the squares in the range.
  init(_ x: Expression, mask: Int, scale: Expression? = nil) {
    let guess = x.detached().mean(mask: mask)
    deviations = scale.map { x * $0 - guess * $0 } ?? x - guess
    mean = deviations.mean(mask: mask)
    let difference = deviations.square().mean(mask: mask) - mean.square()
    // The value is kept from falling below 0 by rounding, the derivative is left as it is.
    squares = difference + (-difference).detached().relu()
  }
}

extension Moments {
  /// n/(n − correction) times the mean of squares.
  func variance(_ count: Int, _ correction: Double) -> Expression {
    if correction == 0 { return squares }
    return squares * squares.number(Double(count) / Swift.max(Double(count) - correction, 0))
  }
}

extension Expression {
  /// The variance over the axes of a mask, which stay at extent 1.
  func variance(mask: Int, correction: Double) -> Expression {
    let x = asArray
    // Of nothing: NaN, with derivative 0.
    if shape.count(of: mask) == 0 { return x.sum(mask: mask) + number(.nan) }
    return Moments(x, mask: mask).variance(shape.count(of: mask), correction)
  }

  /// The root of the variance over the axes of a mask, which stay at extent 1 or are dropped.
  func standardDeviation(mask: Int, correction: Double, keepingDimensions: Bool) -> Expression {
    let x = asArray
    let target = keepingDimensions ? shape.keeping(mask) : shape.removing(mask)
    if shape.count(of: mask) == 0 || shape.elementCount == 0 {
      return x.variance(mask: mask, correction: correction).reshaped(target)
    }
    let (value, scale, scaled) =
      type == .float32
      ? x.detached().wideDeviation(mask, correction) : x.detached().scaledDeviation(mask, correction)
    return StandardDeviation.operation(correction)
      .record(value.reshaped(target), of: x, mask: mask, scale.reshaped(target), scaled.reshaped(target))
  }

  /// The deviation, a power of two that brings it into the middle of the range, and their product. Every square of a Float is a Double.
  private func wideDeviation(_ mask: Int, _ correction: Double) -> (Expression, Expression, Expression) {
    let count = Double(shape.count(of: mask))
    let deviations = (self - mean(mask: mask)).asArray
    let sum = deviations.sum(mask: mask).converted(to: .float64)
    let squares = EuclideanNorm.wideSquare.apply(deviations).sum(mask: mask) - sum.square() / sum.number(count)
    let root = (squares.relu() / sum.number(Swift.max(count - correction, 0))).squareRoot()
    let value = root.converted(to: .float32), scale = value.rangeScale()
    return (value, scale, (root * scale.converted(to: .float64)).converted(to: .float32))
  }

  private func scaledDeviation(_ mask: Int, _ correction: Double) -> (Expression, Expression, Expression) {
    let scale = squareScale(mask: mask)
    let root = Moments(self, mask: mask, scale: scale).variance(shape.count(of: mask), correction).squareRoot()
    return (root / scale, scale, root)
  }

  /// The power of two that keeps squares, and what differs from them by less than the type's digits, in the range: 1 for most rows.
  /// It counts as a constant.
  private func squareScale(mask: Int) -> Expression {
    detached().absoluteValue().extreme(Maximal.operation, mask: mask).rangeScale()
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
  /// It overflows or underflows only where the result does, while the variance of 1e30 is ∞ in Float. Derivative:
  /// (x − mean)/((n − correction)·y), and 0 where y is 0, where PyTorch has NaN. The second derivative there is 0 by convention, but that of
  /// the square is the variance's.
  public func standardDeviation(
    axes: [Int]? = nil, correction: Double = 1, keepingDimensions: Bool = false
  ) -> Tensor {
    let mask = shape.mask(axes, "standardDeviation")
    checkCorrection("standardDeviation", correction)
    return Tensor(
      expression.standardDeviation(mask: mask, correction: correction, keepingDimensions: keepingDimensions))
  }
}

private func checkCorrection(_ operation: String, _ correction: Double) {
  guard correction.isFinite else { fatalError("\(operation): correction is \(correction); it must be finite") }
}
