import AdjointKernels

/// ½d²/β near 0 and |d| − ½β beyond β.
enum SmoothAbsoluteError {}

extension Expression {
  // Not the Huber loss over β, whose far branch would be multiplied by β and divided by it, and leave the type's range on the way.
  fileprivate func smoothAbsoluteError(_ target: Expression, beta: Double) -> Expression {
    let difference = self - target
    let distance = difference.absoluteValue()
    let isFar = GreaterOrEqual.operation.apply(distance, number(beta))
    let near = Select.apply(mask: isFar, number(0), difference)
    return Select.apply(mask: isFar, distance - number(0.5 * beta), near * (near / number(beta)) * number(0.5))
  }
}

/// ½d²/beta for differences d up to `beta`, and |d| − ½·beta beyond, reduced. A beta of 0 gives |d|.
///
/// The shapes broadcast to that of the prediction or that of the target; others are refused, as by ``meanSquaredError(_:_:reduction:)``.
///
/// Derivative with respect to the prediction: the difference over beta, limited to ±1, over n for the mean.
public func smoothAbsoluteError<Scalar: TensorFloatingPoint>(
  _ prediction: Tensor<Scalar>, _ target: Tensor<Scalar>, beta: Scalar = 1, reduction: LossReduction = .mean
) -> Tensor<Scalar> {
  guard beta >= 0 else { fatalError("smoothAbsoluteError: beta \(beta); it must be at least 0") }
  prediction.shape.checkLoss(target.shape, "smoothAbsoluteError")
  if beta == 0 { return meanAbsoluteError(prediction, target, reduction: reduction) }
  return Tensor(prediction.expression.smoothAbsoluteError(target.expression, beta: Double(beta)).reduced(reduction))
}
