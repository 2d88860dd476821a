import AdjointKernels

/// x·tanh(ln(1 + eˣ)).
enum Mish {}

/// x / (1 + |x|).
enum Softsign {
  // Not 1/(1 + |x|) − |x|/(1 + |x|)², which cancels for large x.
  static let operation = Operation.ruled("Softsign") { x, _ in
    (x[0].absoluteValue() + x[0].number(1)).reciprocal().square()
  }
}

/// x − tanh x.
enum TanhShrink {
  static let operation = Operation.ruled("TanhShrink") { x, _ in x[0].tanh().square() }

  /// Of x³, x⁵, … in x − tanh x: tanh′ is 1 − tanh², which gives each coefficient of tanh by those before it.
  static let coefficients: [Double] = {
    var tangent = [1.0]
    for n in 1...13 {
      let square = (0..<n).reduce(0) { $0 + tangent[$1] * tangent[n - 1 - $1] }
      tangent.append(-square / Double(2 * n + 1))
    }
    return tangent.dropFirst().map { -$0 }
  }()
}

/// The first half of an axis times the sigmoid of the second.
enum GatedLinear {}

/// x where x > 0, and weight·x elsewhere.
enum ParametricRectifiedLinear {}

extension Expression {
  func mish() -> Expression { self * (-(-self).logSigmoid()).tanh() }
  func softsign() -> Expression {
    let x = detached()
    return Softsign.operation.record(x / (x.absoluteValue() + number(1)), of: self)
  }

  func tanhShrink() -> Expression {
    let x = detached()
    // Near 0 the series: the difference cancels there.
    let isNear = Less.operation.apply(x.absoluteValue(), number(0.35))
    let near = Select.apply(mask: isNear, x, number(0))
    let square = near.square()
    var series = number(TanhShrink.coefficients.last!)
    for coefficient in TanhShrink.coefficients.dropLast().reversed() { series = square * series + number(coefficient) }
    return TanhShrink.operation.record(Select.apply(mask: isNear, near * square * series, x - x.tanh()), of: self)
  }

  func gatedLinear(axis: Int) -> Expression {
    let half = shape[axis] / 2
    return narrowed(axis: axis, start: 0, count: half) * narrowed(axis: axis, start: half, count: half).sigmoid()
  }

  /// `weight` broadcasts.
  func parametricRelu(_ weight: Expression) -> Expression {
    Select.apply(mask: Greater.operation.apply(self, number(0)), self, weight * self)
  }
}

extension Tensor where Scalar: TensorFloatingPoint {
  /// x·tanh(ln(1 + eˣ)), element by element (Misra, arXiv:1908.08681). NaN at −∞, as in PyTorch.
  ///
  /// Derivative: by the chain rule; overflows nowhere.
  public func mish() -> Tensor { Tensor(expression.mish()) }

  /// x / (1 + |x|), element by element. NaN at ±∞, as in PyTorch. Derivative: 1/(1 + |x|)².
  public func softsign() -> Tensor { Tensor(expression.softsign()) }

  /// x − tanh x, element by element. Derivative: tanh² x.
  public func tanhShrink() -> Tensor { Tensor(expression.tanhShrink()) }

  /// The first half along an axis times the sigmoid of the second half: the gated linear unit.
  ///
  /// The axis' extent is even, and half as large in the result.
  public func glu(axis: Int = -1) -> Tensor {
    let axis = shape.checkedAxis(axis, "glu")
    guard shape[axis] % 2 == 0 else {
      fatalError("glu: axis \(axis) of shape \(shape) has no halves; its extent must be even")
    }
    return Tensor(expression.gatedLinear(axis: axis))
  }

  /// x where x > 0 and weight·x elsewhere, with one weight for all elements or one for each position of axis 1.
  ///
  /// Derivatives: 1 where x > 0 and the weight elsewhere; x where x ≤ 0.
  public func prelu(_ weight: Tensor) -> Tensor {
    let channels = rank > 1 ? shape[1] : 1
    guard weight.rank <= 1, weight.count == 1 || weight.count == channels else {
      fatalError(
        "prelu: a weight of shape \(weight.shape) for a tensor of shape \(shape); there must be one weight, or one for "
          + "each of the \(channels) positions of axis 1")
    }
    var target = Shape(shape.map { _ in 1 })
    if weight.count != 1 { target[1] = channels }
    return Tensor(expression.parametricRelu(weight.expression.reshaped(target)))
  }
}
