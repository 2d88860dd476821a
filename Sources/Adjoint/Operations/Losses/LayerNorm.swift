import AdjointKernels

/// (x − mean)/√(variance + ε) over the last axes.
enum LayerNorm {}

extension Expression {
  /// (x − mean)/√(variance + ε) over the axes of a mask.
  func standardized(mask: Int, epsilon: Double) -> Expression {
    if shape.elementCount == 0 { return self }
    let scale = normalizingScale(mask: mask, epsilon)
    let moments = Moments(asArray, mask: mask, scale: scale)
    return (moments.deviations - moments.mean) * moments.squares.inverseRoot(epsilon, scale)
  }

  /// The power of two that brings the rows of x to squares in the range, for a result that does not depend on it. Small rows are left
  /// as they are beside an ε that is larger than their squares.
  func normalizingScale(mask: Int, _ epsilon: Double) -> Expression {
    let scale = squareScale(mask: mask)
    if number(epsilon).constant == 0 { return scale }
    return Select.apply(mask: Less.operation.apply(scale, number(1)), scale, number(1))
  }

  /// 1/√(v + ε·s²) of a mean of squares v that was taken with the scale s.
  func inverseRoot(_ epsilon: Double, _ scale: Expression) -> Expression {
    let sum = self + number(epsilon) * scale * scale
    // Of rows that are all equal, or 0, ε is all there is, and may be too small beside the scale.
    let isNothing = Equal.operation.apply(sum, number(0))
    return Select.apply(
      mask: isNothing, number(1 / epsilon.squareRoot()) / scale,
      Select.apply(mask: isNothing, number(1), sum).reciprocalSquareRoot())
  }

  /// Over the last `count` axes.
  func layerNorm(_ count: Int, _ weight: Expression?, _ bias: Expression?, epsilon: Double) -> Expression {
    let mask = ((1 << count) - 1) << (shape.rank - count)
    var result = standardized(mask: mask, epsilon: epsilon)
    if let weight { result = result * weight }
    if let bias { result = result + bias }
    return result
  }
}

/// (x − mean)/√(variance + ε), with mean and variance over the last axes, times a weight, plus a bias.
///
/// `shape` is that of the last axes; weight and bias, if any, have it too. The variance is the population's, and
/// computed from deviations: nothing cancels, and nothing overflows on the way.
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
