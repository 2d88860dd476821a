import AdjointKernels

/// −t·ln σ(x) − (1 − t)·ln(1 − σ(x)).
enum BinaryCrossEntropy {}

extension Expression {
  /// max(x, 0) − x·t + ln(1 + e^(−|x|)): nothing overflows, and neither the loss nor its slope cancels for targets 0
  /// and 1. The sides of 0 are told apart by masks, since the slopes of |x| and max(x, 0) at 0 are not those needed here.
  func binaryCrossEntropy(_ target: Expression) -> Expression {
    let isRight = GreaterOrEqual.operation.apply(self, number(0))
    let linear = self * (Select.apply(mask: isRight, number(1), number(0)) - target)
    let tail = (self * Select.apply(mask: isRight, number(1), number(-1))).logSigmoid()
    return linear - tail
  }
}

/// −t·ln σ(x) − (1 − t)·ln(1 − σ(x)) for scores x, from the scores themselves, reduced; the shapes broadcast.
///
/// Stable for scores of any size. Derivatives: σ(x) − t and −x, over n for the mean.
public func binaryCrossEntropyWithLogits<Scalar: TensorFloatingPoint>(
  _ logits: Tensor<Scalar>, _ target: Tensor<Scalar>, reduction: LossReduction = .mean
) -> Tensor<Scalar> {
  logits.shape.broadcast(with: target.shape, "binaryCrossEntropyWithLogits")
  return Tensor(logits.expression.binaryCrossEntropy(target.expression).reduced(reduction))
}
