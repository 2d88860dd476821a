import AdjointKernels
import CKernels

/// ln Σ eˣ over axes.
enum LogSumExp {
  /// ln s of a sum of exponentials.
  ///
  /// Where all of them are 0 its slope is ∞, and what they get is NaN, as in PyTorch. What nobody asks for is 0 there nevertheless.
  static let logarithm = Operation(
    "Log", .elementwise(CK_LOG),
    .custom(
      jvp: { node, t in t[0].map { $0.scaled(by: slope(node.x[0], for: $0)) } },
      vjp: { node, g in [g.scaled(by: slope(node.x[0], for: g))] }))

  private static func slope(_ s: Expression, for t: Expression) -> Expression {
    let isNothing = LogicalAnd.operation.apply(
      Equal.operation.apply(s, s.number(0)), Equal.operation.apply(t, t.number(0)))
    return Select.apply(mask: isNothing, s.number(0), s.reciprocal())
  }
}

/// eˣ / Σ eˣ along an axis.
enum Softmax {}

/// x − ln Σ eˣ along an axis.
enum LogSoftmax {}

extension Expression {
  /// ln Σ eˣ over the axes of a mask, which stay at extent 1.
  ///
  /// The largest element is taken out first and counts as a constant: the terms with its derivative cancel.
  func logSumExp(mask: Int) -> Expression {
    if shape.count(of: mask) == 0 { return sum(mask: mask) + Expression(-Double.infinity, type) }
    let largest = finiteMaximum(mask: mask)
    return LogSumExp.logarithm.apply((self - largest).exp().sum(mask: mask)) + largest
  }

  /// The largest element without derivative; 0 where it is not finite, so that ∞ − ∞ never arises.
  private func finiteMaximum(mask: Int) -> Expression {
    let largest = detached().extreme(Maximal.operation, mask: mask)
    let infinity = Expression(Double.infinity, type)
    let isInfinite = LogicalOr.operation.apply(
      Equal.operation.apply(largest, infinity), Equal.operation.apply(largest, -infinity))
    return Select.apply(mask: isInfinite, Expression(0, type), largest)
  }

  /// eˣ / Σ eˣ along the axes of a mask.
  func softmax(mask: Int) -> Expression {
    if shape.elementCount == 0 { return self }
    let exponentials = (self - detached().extreme(Maximal.operation, mask: mask)).exp()
    // One quotient a row and a product per element: vector division takes as long as the exponential. Within 1.5 ulp.
    return exponentials * (Expression(1, type) / exponentials.sum(mask: mask))
  }

  /// x − ln Σ eˣ along the axes of a mask.
  func logSoftmax(mask: Int) -> Expression {
    if shape.elementCount == 0 { return self }
    let shifted = self - detached().extreme(Maximal.operation, mask: mask)
    return shifted - shifted.exp().sum(mask: mask).log()
  }
}

extension Tensor where Scalar: TensorFloatingPoint {
  /// ln Σ eˣ over some axes (all for nil), without overflow.
  ///
  /// −∞ where all elements are −∞ or there are none; +∞ where one is +∞.
  ///
  /// Derivative: softmax; where all elements are −∞, or one is ∞, that is NaN as in PyTorch, but 0 for a cotangent of 0.
  public func logSumExp(axes: [Int]? = nil, keepingDimensions: Bool = false) -> Tensor {
    let mask = shape.mask(axes, "logSumExp")
    return Tensor(
      expression.logSumExp(mask: mask).reshaped(keepingDimensions ? shape.keeping(mask) : shape.removing(mask)))
  }

  /// ln Σ eˣ over one axis, without overflow.
  public func logSumExp(axis: Int, keepingDimensions: Bool = false) -> Tensor {
    logSumExp(axes: [axis], keepingDimensions: keepingDimensions)
  }

  /// eˣ / Σ eˣ along an axis, without overflow; NaN where all elements are −∞.
  ///
  /// Derivative: y·(t − Σ y·t).
  public func softmax(axis: Int) -> Tensor {
    Tensor(axisExpression.softmax(mask: axisMask(axis, "softmax")).reshaped(shape))
  }

  /// x − ln Σ eˣ along an axis, without overflow.
  ///
  /// Derivative: t − Σ softmax·t.
  public func logSoftmax(axis: Int) -> Tensor {
    Tensor(axisExpression.logSoftmax(mask: axisMask(axis, "logSoftmax")).reshaped(shape))
  }

  /// e⁻ˣ / Σ e⁻ˣ along an axis: the softmax of −x.
  public func softmin(axis: Int) -> Tensor {
    Tensor((-axisExpression).softmax(mask: axisMask(axis, "softmin")).reshaped(shape))
  }

  /// The tensor, with one axis if it is a scalar: PyTorch lets a scalar have axis 0 or −1 here.
  private var axisExpression: Expression { rank == 0 ? expression.reshaped([1]) : expression }

  private func axisMask(_ axis: Int, _ operation: String) -> Int {
    let shape: Shape = rank == 0 ? [1] : self.shape
    return 1 << shape.checkedAxis(axis, operation)
  }
}
