import AdjointKernels

/// (x − t)².
enum MeanSquaredError {}

/// |x − t|.
enum MeanAbsoluteError {}

/// ½(x − t)² near t and δ·(|x − t| − ½δ) beyond δ.
enum Huber {}

extension Expression {
  func huber(_ target: Expression, delta: Double) -> Expression {
    let difference = self - target
    let distance = difference.absoluteValue()
    // NaN is not far: the sign of |NaN| is 0, and would hide it from the derivative.
    let isFar = GreaterOrEqual.operation.apply(distance, number(delta))
    // The square of what is near alone: that of a large number overflows.
    let near = Select.apply(mask: isFar, number(0), difference).square() * number(0.5)
    return Select.apply(mask: isFar, (distance - number(0.5 * delta)) * number(delta), near)
  }
}

/// (prediction − target)², reduced.
///
/// The shapes broadcast to that of the prediction or that of the target: [10, 1] with [10] would compare each with each, and stops the process
/// with a sentence.
///
/// Derivative with respect to the prediction: 2·(prediction − target), over n for the mean.
public func meanSquaredError<Scalar: TensorFloatingPoint>(
  _ prediction: Tensor<Scalar>, _ target: Tensor<Scalar>, reduction: LossReduction = .mean
) -> Tensor<Scalar> {
  prediction.shape.checkLoss(target.shape, "meanSquaredError")
  return Tensor((prediction - target).expression.square().reduced(reduction))
}

/// |prediction − target|, reduced.
///
/// The shapes broadcast to that of the prediction or that of the target; others are refused, as by ``meanSquaredError(_:_:reduction:)``.
///
/// Derivative with respect to the prediction: the sign of the difference, 0 at 0, over n for the mean.
public func meanAbsoluteError<Scalar: TensorFloatingPoint>(
  _ prediction: Tensor<Scalar>, _ target: Tensor<Scalar>, reduction: LossReduction = .mean
) -> Tensor<Scalar> {
  prediction.shape.checkLoss(target.shape, "meanAbsoluteError")
  return Tensor((prediction - target).expression.absoluteValue().reduced(reduction))
}

/// ½d² for differences d up to `delta`, and delta·(|d| − ½·delta) beyond, reduced.
///
/// The shapes broadcast to that of the prediction or that of the target; others are refused, as by ``meanSquaredError(_:_:reduction:)``.
///
/// Derivative with respect to the prediction: the difference, limited to ±delta, over n for the mean.
public func huberLoss<Scalar: TensorFloatingPoint>(
  _ prediction: Tensor<Scalar>, _ target: Tensor<Scalar>, delta: Scalar = 1, reduction: LossReduction = .mean
) -> Tensor<Scalar> {
  guard delta > 0, delta < .infinity else { fatalError("huberLoss: delta \(delta); it must be above 0 and finite") }
  prediction.shape.checkLoss(target.shape, "huberLoss")
  return Tensor(prediction.expression.huber(target.expression, delta: Double(delta)).reduced(reduction))
}
