import AdjointKernels

/// t·(ln t − x) for log-probabilities x.
enum KLDivergence {}

/// ½·(ln v + (x − t)²/v).
enum GaussianNegativeLogLikelihood {}

/// −t·ln p − (1 − t)·ln(1 − p), from p itself. Operands: the value, p, t.
enum BinaryCrossEntropyOfProbabilities {
  /// The rule is PyTorch's, which divides by at least 10⁻¹², where the value's logarithms are at least −100.
  static let operation = Operation(
    "BinaryCrossEntropy", .view { _, layout in layout },
    .custom(
      jvp: { node, t in
        var sum: Expression?
        if let tangent = t[1] { sum = tangent * slope(node) }
        if let tangent = t[2] { sum = .adding(sum, tangent * targetSlope(node.x[1])) }
        return sum
      },
      vjp: { node, g in
        let shape = node.node.shape
        return [
          nil, (g * slope(node)).reduced(to: node.x[1].shape, from: shape),
          (g * targetSlope(node.x[1])).reduced(to: node.x[2].shape, from: shape),
        ]
      }),
    batching: { node, x, isBatched, count in
      let all = zip(x, isBatched).map { $0.repeated(count, unless: $1) }
      return record(all[0], all[1], all[2])
    })

  private static func slope(_ node: Recorded) -> Expression {
    let (p, t) = (node.x[1], node.x[2])
    return (p - t) / ClampBelow.operation.apply((p.number(1) - p) * p, p.number(1e-12))
  }

  /// ln(1 − p) − ln p, limited as in the value.
  private static func targetSlope(_ p: Expression) -> Expression { logarithms(p).of1p - logarithms(p).of }

  static func logarithms(_ p: Expression) -> (of: Expression, of1p: Expression) {
    (
      ClampBelow.operation.apply(p.log(), p.number(-100)), ClampBelow.operation.apply((-p).log1p(), p.number(-100))
    )
  }

  static func record(_ value: Expression, _ p: Expression, _ t: Expression) -> Expression {
    operation.record(value.type, value.shape, Operands([Expression(value.asNode, value.value), p, t]))
  }
}

extension Expression {
  /// p·x, and 0 where p is 0, whatever x: what is impossible in the target may be impossible in the prediction.
  func weighted(byProbabilities p: Expression) -> Expression {
    p * Select.apply(mask: Equal.operation.apply(p, p.number(0)), number(0), self)
  }

  func binaryCrossEntropyOfProbabilities(_ target: Expression) -> Expression {
    let (p, t) = (detached(), target.detached())
    let (logarithm, other) = BinaryCrossEntropyOfProbabilities.logarithms(p)
    let value = (t - t.number(1)) * other - t * logarithm
    return BinaryCrossEntropyOfProbabilities.record(value.asArray, self, target)
  }

  func klDivergence(_ target: Expression, isLogarithm: Bool) -> Expression {
    if isLogarithm { return target.exp() * (target - self) }
    return TimesLogarithm.operation.apply(target, target) - weighted(byProbabilities: target)
  }

  func gaussianNegativeLogLikelihood(
    _ target: Expression, _ variance: Expression, isFull: Bool, epsilon: Double
  ) -> Expression {
    let variance = variance.flooredUntracked(epsilon)
    var loss = (variance.log() + (self - target).square() / variance) * number(0.5)
    if isFull { loss = loss + number(0.918938533204672741780329736405617640) }
    return loss
  }
}

/// −t·ln p − (1 − t)·ln(1 − p) for probabilities p, times a weight, reduced. Logarithms count as at least −100.
///
/// For scores instead of probabilities ``binaryCrossEntropyWithLogits(_:_:weight:positiveWeight:reduction:)`` is more accurate.
/// Derivatives: (p − t)/max(p·(1 − p), 10⁻¹²), and ln(1 − p) − ln p, over n for the mean.
public func binaryCrossEntropy<Scalar: TensorFloatingPoint>(
  _ probabilities: Tensor<Scalar>, _ target: Tensor<Scalar>, weight: Tensor<Scalar>? = nil,
  reduction: LossReduction = .mean
) -> Tensor<Scalar> {
  guard probabilities.shape == target.shape else {
    fatalError(
      "binaryCrossEntropy: probabilities of shape \(probabilities.shape) and targets of shape \(target.shape); the two must "
        + "be equal")
  }
  if let weight { probabilities.shape.checkLoss("weights", weight.shape, "binaryCrossEntropy") }
  let loss = probabilities.expression.binaryCrossEntropyOfProbabilities(target.expression)
  return Tensor((weight.map { loss * $0.expression } ?? loss).reduced(reduction))
}

/// t·(ln t − x) for log-probabilities x and probabilities t (or their logarithms), reduced.
///
/// The shapes broadcast to that of one of the two; others are refused, as by ``meanSquaredError(_:_:reduction:)``.
///
/// `.batchMean` divides the sum by the number of samples, which makes it the divergence. Where t is 0 the loss is 0, for x = −∞ as well.
/// Derivatives: −t; ln t + 1 − x.
public func klDivergence<Scalar: TensorFloatingPoint>(
  _ logProbabilities: Tensor<Scalar>, _ target: Tensor<Scalar>, targetIsLogarithm: Bool = false,
  reduction: LossReduction = .mean
) -> Tensor<Scalar> {
  logProbabilities.shape.checkLoss(target.shape, "klDivergence")
  let loss = logProbabilities.expression.klDivergence(target.expression, isLogarithm: targetIsLogarithm)
  return Tensor(loss.reduced(reduction))
}

/// ½·(ln v + (x − t)²/v) for a normal distribution of mean x and variance v, reduced; with `isFull` also ½·ln 2π.
///
/// Variances count as at least ε, with the derivative of the variance itself. The variance has the input's shape, that without its last axis, or
/// one that broadcasts to that of the losses; input and target broadcast to the shape of one of the two.
public func gaussianNegativeLogLikelihood<Scalar: TensorFloatingPoint>(
  _ input: Tensor<Scalar>, _ target: Tensor<Scalar>, variance: Tensor<Scalar>, isFull: Bool = false,
  epsilon: Double = 1e-6, reduction: LossReduction = .mean
) -> Tensor<Scalar> {
  input.shape.checkLoss(target.shape, "gaussianNegativeLogLikelihood")
  var variance = variance
  if variance.shape != input.shape, input.rank >= 1, variance.shape == Shape(input.shape.dropLast()) {
    variance = variance.unsqueezed(axis: -1)
  }
  input.shape.broadcast(with: target.shape, "gaussianNegativeLogLikelihood").checkLoss(
    "variances", variance.shape, "gaussianNegativeLogLikelihood")
  return Tensor(
    input.expression.gaussianNegativeLogLikelihood(
      target.expression, variance.expression, isFull: isFull, epsilon: epsilon
    ).reduced(reduction))
}
