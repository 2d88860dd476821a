import AdjointKernels

/// −t·ln σ(x) − (1 − t)·ln(1 − σ(x)).
enum BinaryCrossEntropy {}

extension Expression {
  /// max(x, 0) − x·t + ln(1 + e^(−|x|)): nothing overflows, and neither the loss nor its slope cancels for targets 0
  /// and 1. The sides of 0 are told apart by masks, since the slopes of |x| and max(x, 0) at 0 are not those needed here.
  func binaryCrossEntropy(_ target: Expression, positiveWeight: Expression? = nil) -> Expression {
    if let positiveWeight {
      let weight = (positiveWeight - number(1)) * target + number(1)
      return (number(1) - target) * self - weight * logSigmoid()
    }
    let isRight = GreaterOrEqual.operation.apply(self, number(0))
    let linear = self * (Select.apply(mask: isRight, number(1), number(0)) - target)
    let tail = (self * Select.apply(mask: isRight, number(1), number(-1))).logSigmoid()
    return linear - tail
  }
}

/// −p·t·ln σ(x) − (1 − t)·ln(1 − σ(x)) for scores x, from the scores themselves, times a weight, reduced.
///
/// The shapes broadcast to that of the scores or that of the target, and the weight's to that of the losses; others are refused, as by
/// ``meanSquaredError(_:_:reduction:)``.
///
/// `positiveWeight` is the p of the targets' share, 1 where none is given: above 1 it counts what was missed as worse than what
/// was taken wrongly. Stable for scores of any size. Derivatives without weights: σ(x) − t and −x, over n for the mean.
public func binaryCrossEntropyWithLogits<Scalar: TensorFloatingPoint>(
  _ logits: Tensor<Scalar>, _ target: Tensor<Scalar>, weight: Tensor<Scalar>? = nil,
  positiveWeight: Tensor<Scalar>? = nil, reduction: LossReduction = .mean
) -> Tensor<Scalar> {
  let name = "binaryCrossEntropyWithLogits"
  logits.shape.checkLoss(target.shape, name)
  let shape = logits.shape.broadcast(with: target.shape, name)
  if let weight { shape.checkLoss("weights", weight.shape, name) }
  if let positiveWeight { shape.checkLoss("positive weights", positiveWeight.shape, name) }
  let loss = logits.expression.binaryCrossEntropy(target.expression, positiveWeight: positiveWeight?.expression)
  return Tensor((weight.map { loss * $0.expression } ?? loss).reduced(reduction))
}
