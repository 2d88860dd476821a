import AdjointKernels

/// (x − mean)/√(variance + ε) over the last axes.
enum LayerNorm {}

extension Expression {
  /// Over the last `count` axes.
  func layerNorm(_ count: Int, _ weight: Expression?, _ bias: Expression?, epsilon: Double) -> Expression {
    let mask = ((1 << count) - 1) << (shape.rank - count)
    let moments = Moments(self, mask: mask)
    var result = (moments.deviations - moments.mean) * (moments.squares + number(epsilon)).reciprocalSquareRoot()
    if let weight { result = result * weight }
    if let bias { result = result + bias }
    return result
  }
}

/// (x − mean)/√(variance + ε), with mean and variance over the last axes, times a weight, plus a bias.
///
/// `shape` is that of the last axes; weight and bias, if any, have it too. The variance is the population's, and
/// computed from deviations: nothing cancels.
public func layerNorm<Scalar: TensorFloatingPoint>(
  _ x: Tensor<Scalar>, normalizedShape shape: Shape, weight: Tensor<Scalar>? = nil, bias: Tensor<Scalar>? = nil,
  epsilon: Double = 1e-5
) -> Tensor<Scalar> {
  guard shape.rank >= 1, x.rank >= shape.rank, Shape(x.shape.suffix(shape.rank)) == shape else {
    fatalError("layerNorm: shape \(x.shape) does not end in the normalized shape \(shape)")
  }
  guard epsilon.isFinite else { fatalError("layerNorm: epsilon is \(epsilon); it must be finite") }
  for (name, parameter) in [("weight", weight), ("bias", bias)] {
    if let parameter, parameter.shape != shape {
      fatalError(
        "layerNorm: the \(name) has shape \(parameter.shape) and the normalized shape is \(shape); the two must be equal"
      )
    }
  }
  return Tensor(x.expression.layerNorm(shape.rank, weight?.expression, bias?.expression, epsilon: epsilon))
}
