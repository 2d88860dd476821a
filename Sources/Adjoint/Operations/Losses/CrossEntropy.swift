import AdjointKernels

/// −log-probability of the class numbers.
enum NegativeLogLikelihood {}

/// −Σ p·ln softmax(x) over classes.
enum CrossEntropy {}

extension Expression {
  /// The class axis of scores: 1, or 0 for a single sample.
  private var classAxis: Int { shape.rank == 1 ? 0 : 1 }

  /// −x at the labels, in the labels' shape.
  func negativeLogLikelihood(_ labels: Expression, _ use: IndexUse) -> Expression {
    let axis = classAxis
    guard shape.rank >= 1, labels.shape == shape.removing(axis: axis) else {
      fatalError(
        "\(use.name): scores of shape \(shape) need labels of that shape without the class axis, not \(labels.shape)")
    }
    return -gathered(labels.reshaped(shape.keeping(1 << axis)), axis: axis, use).reshaped(labels.shape)
  }

  /// One loss per sample.
  func crossEntropy(_ labels: Expression, labelSmoothing: Double) -> Expression {
    let scores = shape.rank == 0 ? self : logSoftmax(mask: 1 << classAxis)
    let chosen = scores.negativeLogLikelihood(labels, .crossEntropy)
    if labelSmoothing == 0 { return chosen }
    let uniform = scores.sum(mask: 1 << classAxis, keepingDimensions: false)
    return chosen * number(1 - labelSmoothing) - uniform * number(labelSmoothing / Double(shape[classAxis]))
  }

  func crossEntropy(probabilities: Expression, labelSmoothing: Double) -> Expression {
    let scores = logSoftmax(mask: 1 << classAxis)
    var target = probabilities
    if labelSmoothing != 0 {
      target = target * number(1 - labelSmoothing) + number(labelSmoothing / Double(shape[classAxis]))
    }
    return -(scores * target).sum(mask: 1 << classAxis, keepingDimensions: false)
  }
}

private func checkSmoothing(_ labelSmoothing: Double) {
  guard labelSmoothing >= 0 && labelSmoothing <= 1 else {
    fatalError("crossEntropy: label smoothing \(labelSmoothing); it must lie in 0...1")
  }
}

/// The negative log-likelihood −x[label] of class numbers under log-probabilities x, reduced.
///
/// The class axis is axis 1, or axis 0 for a single sample of rank 1. `labels` has the shape of the input without it.
/// A label outside 0..<classes stops the process when the loss is computed. Derivative: −1 at the label, over the
/// number of samples for the mean.
public func negativeLogLikelihood<Scalar: TensorFloatingPoint>(
  _ logProbabilities: Tensor<Scalar>, _ labels: Tensor<Int>, reduction: LossReduction = .mean
) -> Tensor<Scalar> {
  Tensor(
    logProbabilities.expression.negativeLogLikelihood(labels.expression, .negativeLogLikelihood).reduced(reduction))
}

/// −ln softmax(logits)[label]: the negative log-likelihood of class numbers under unnormalised scores.
///
/// The class axis is axis 1, or axis 0 for a single sample of rank 1. `labels` has the shape of `logits` without
/// it. A label outside 0..<classes stops the process when the loss is computed. With label smoothing ε the target is
/// 1 − ε at the label plus ε/classes everywhere. Derivative: softmax less the target, over the number of samples for
/// the mean.
public func crossEntropy<Scalar: TensorFloatingPoint>(
  _ logits: Tensor<Scalar>, _ labels: Tensor<Int>, labelSmoothing: Double = 0, reduction: LossReduction = .mean
) -> Tensor<Scalar> {
  checkSmoothing(labelSmoothing)
  return Tensor(logits.expression.crossEntropy(labels.expression, labelSmoothing: labelSmoothing).reduced(reduction))
}

/// −Σ p·ln softmax(logits) over the classes, for probabilities p of the logits' shape.
///
/// The class axis is axis 1, or axis 0 for a single sample of rank 1. The mean is over samples. Derivatives:
/// softmax·Σp − p, and −ln softmax(logits).
public func crossEntropy<Scalar: TensorFloatingPoint>(
  _ logits: Tensor<Scalar>, probabilities: Tensor<Scalar>, labelSmoothing: Double = 0, reduction: LossReduction = .mean
) -> Tensor<Scalar> {
  checkSmoothing(labelSmoothing)
  guard logits.rank >= 1, probabilities.shape == logits.shape else {
    fatalError(
      "crossEntropy: logits of shape \(logits.shape) and probabilities of shape \(probabilities.shape); the two must be "
        + "equal, with a class axis")
  }
  return Tensor(
    logits.expression.crossEntropy(probabilities: probabilities.expression, labelSmoothing: labelSmoothing)
      .reduced(reduction))
}
