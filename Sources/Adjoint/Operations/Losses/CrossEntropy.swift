import AdjointKernels

/// −log-probability of the class numbers.
enum NegativeLogLikelihood {}

/// −Σ p·ln softmax(x) over classes.
enum CrossEntropy {}

extension Expression {
  /// The class axis of scores: 1, or 0 for a single sample.
  private var classAxis: Int { shape.rank == 1 ? 0 : 1 }

  /// −w·x at the labels, in the labels' shape, and the w themselves; nil for ones. Where a label is ignored both are 0.
  func negativeLogLikelihood(
    _ labels: Expression, _ use: IndexUse, weights: Expression? = nil, ignoring ignored: Int? = nil
  ) -> (losses: Expression, weights: Expression?) {
    let axis = classAxis
    guard shape.rank >= 1, labels.shape == shape.removing(axis: axis) else {
      fatalError(
        "\(use.name): scores of shape \(shape) need labels of that shape without the class axis, not \(labels.shape)")
    }
    if let weights, weights.shape != [shape[axis]] {
      fatalError(
        "\(use.name): class weights of shape \(weights.shape) for \(shape[axis]) classes; there must be one for each")
    }
    let isIgnored = ignored.map { Equal.operation.apply(labels, labels.number(Double($0))) }
    let known = isIgnored.map { Select.apply(mask: $0, labels.number(0), labels) } ?? labels
    var chosen = -gathered(known.reshaped(shape.keeping(1 << axis)), axis: axis, use).reshaped(labels.shape)
    var factors = weights?.indexSelected(known.reshaped(Shape(vector: labels.shape.elementCount)), axis: 0, use)
      .reshaped(labels.shape)
    if let factors { chosen = chosen * factors }
    if let isIgnored {
      chosen = Select.apply(mask: isIgnored, number(0), chosen)
      factors = Select.apply(mask: isIgnored, number(0), factors ?? .full(1, type, labels.shape))
    }
    return (chosen, factors)
  }

  /// The losses reduced; the mean is over the sum of the weights.
  fileprivate func reduced(_ reduction: LossReduction, weights: Expression?) -> Expression {
    guard case .mean = reduction, let weights else { return reduced(reduction) }
    return reduced(.sum) / weights.reduced(.sum)
  }

  func crossEntropy(
    _ labels: Expression, labelSmoothing: Double, weights: Expression? = nil, ignoring ignored: Int? = nil,
    reduction: LossReduction = .none
  ) -> Expression {
    let scores = shape.rank == 0 ? self : logSoftmax(mask: 1 << classAxis)
    let (losses, factors) = scores.negativeLogLikelihood(labels, .crossEntropy, weights: weights, ignoring: ignored)
    let chosen = losses.reduced(reduction, weights: factors)
    if labelSmoothing == 0 { return chosen }
    var uniform = -(weights.map { scores * classes($0) } ?? scores)
      .sum(mask: 1 << classAxis, keepingDimensions: false)
    if let ignored {
      let isIgnored = Equal.operation.apply(labels, labels.number(Double(ignored)))
      uniform = Select.apply(mask: isIgnored, number(0), uniform)
    }
    return chosen * number(1 - labelSmoothing)
      + uniform.reduced(reduction, weights: factors) * number(labelSmoothing / Double(shape[classAxis]))
  }

  /// One number a class along the class axis.
  private func classes(_ weights: Expression) -> Expression {
    var column = Shape(shape.map { _ in 1 })
    column[classAxis] = shape[classAxis]
    return weights.reshaped(column)
  }

  func crossEntropy(
    probabilities: Expression, labelSmoothing: Double, weights: Expression? = nil
  ) -> Expression {
    let scores = logSoftmax(mask: 1 << classAxis)
    var target = probabilities
    if labelSmoothing != 0 {
      target = target * number(1 - labelSmoothing) + number(labelSmoothing / Double(shape[classAxis]))
    }
    if let weights { target = target * classes(weights) }
    return -scores.weighted(byProbabilities: target).sum(mask: 1 << classAxis, keepingDimensions: false)
  }
}

private func checkSmoothing(_ labelSmoothing: Double) {
  guard labelSmoothing >= 0 && labelSmoothing <= 1 else {
    fatalError("crossEntropy: label smoothing \(labelSmoothing); it must lie in 0...1")
  }
}

/// The negative log-likelihood −w[label]·x[label] of class numbers under log-probabilities x, reduced.
///
/// The class axis is axis 1, or axis 0 for a single sample of rank 1. `labels` has the shape of the input without it.
/// A label outside 0..<classes stops the process when the loss is computed, but for `ignoreIndex`, which contributes nothing. The mean is over the
/// sum of the samples' class weights, 1 where none are given. Derivative: −w at the label, over that sum for the mean.
public func negativeLogLikelihood<Scalar: TensorFloatingPoint>(
  _ logProbabilities: Tensor<Scalar>, _ labels: Tensor<Int>, classWeights: Tensor<Scalar>? = nil,
  ignoreIndex: Int? = nil, reduction: LossReduction = .mean
) -> Tensor<Scalar> {
  let (losses, weights) = logProbabilities.expression.negativeLogLikelihood(
    labels.expression, .negativeLogLikelihood, weights: classWeights?.expression, ignoring: ignoreIndex)
  return Tensor(losses.reduced(reduction, weights: weights))
}

/// −w·ln softmax(logits)[label]: the negative log-likelihood of class numbers under unnormalised scores.
///
/// The class axis is axis 1, or axis 0 for a single sample of rank 1. `labels` has the shape of `logits` without
/// it. A label outside 0..<classes stops the process when the loss is computed, but for `ignoreIndex`, which contributes nothing. With label smoothing
/// ε the target is 1 − ε at the label plus ε/classes everywhere, each class times its weight. The mean is over the sum of the
/// samples' class weights, 1 where none are given. Derivative without weights: softmax less the target, over the number of samples for
/// the mean.
public func crossEntropy<Scalar: TensorFloatingPoint>(
  _ logits: Tensor<Scalar>, _ labels: Tensor<Int>, classWeights: Tensor<Scalar>? = nil, ignoreIndex: Int? = nil,
  labelSmoothing: Double = 0, reduction: LossReduction = .mean
) -> Tensor<Scalar> {
  checkSmoothing(labelSmoothing)
  return Tensor(
    logits.expression.crossEntropy(
      labels.expression, labelSmoothing: labelSmoothing, weights: classWeights?.expression, ignoring: ignoreIndex,
      reduction: reduction))
}

/// −Σ w·p·ln softmax(logits) over the classes, for probabilities p of the logits' shape and class weights w.
///
/// The class axis is axis 1, or axis 0 for a single sample of rank 1. The mean is over samples. Derivatives without weights:
/// softmax·Σp − p, and −ln softmax(logits).
public func crossEntropy<Scalar: TensorFloatingPoint>(
  _ logits: Tensor<Scalar>, probabilities: Tensor<Scalar>, classWeights: Tensor<Scalar>? = nil,
  labelSmoothing: Double = 0, reduction: LossReduction = .mean
) -> Tensor<Scalar> {
  checkSmoothing(labelSmoothing)
  guard logits.rank >= 1, probabilities.shape == logits.shape else {
    fatalError(
      "crossEntropy: logits of shape \(logits.shape) and probabilities of shape \(probabilities.shape); the two must be "
        + "equal, with a class axis")
  }
  return Tensor(
    logits.expression.crossEntropy(
      probabilities: probabilities.expression, labelSmoothing: labelSmoothing, weights: classWeights?.expression
    ).reduced(reduction))
}
