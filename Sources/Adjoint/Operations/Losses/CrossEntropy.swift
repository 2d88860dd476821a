import AdjointKernels

/// −ln softmax(logits)[label]: the negative log-likelihood of class numbers under unnormalised scores.
///
/// The class axis is axis 1, or axis 0 for a single sample of rank 1. `labels` has the shape of `logits` without
/// it. A label outside 0..<classes stops the process when the loss is computed. Derivative: softmax less one at
/// the label, over the number of samples for the mean.
public func crossEntropy<Scalar: TensorFloatingPoint>(
  _ logits: Tensor<Scalar>, _ labels: Tensor<Int>, reduction: LossReduction = .mean
) -> Tensor<Scalar> {
  let axis = logits.rank == 1 ? 0 : 1
  guard logits.rank >= 1, labels.shape == logits.shape.removing(axis: axis) else {
    fatalError(
      "crossEntropy: logits of shape \(logits.shape) need labels of that shape without the class axis, "
        + "not \(labels.shape)")
  }
  let scores = logits.expression.logSoftmax(mask: 1 << axis)
  let chosen = scores.gathered(labels.expression.reshaped(logits.shape.keeping(1 << axis)), axis: axis)
  return Tensor((-chosen.reshaped(labels.shape)).reduced(reduction))
}
