import AdjointKernels

/// (x − mean)/√(variance + ε) over groups of channels.
enum GroupNorm {}

/// x/√(mean of squares + ε) over the last axes.
enum RMSNorm {}

extension Expression {
  func groupNorm(_ groups: Int, _ weight: Expression?, _ bias: Expression?, epsilon: Double) -> Expression {
    let (samples, channels) = (shape[0], shape[1])
    let rest = shape.dropFirst(2).reduce(1, *)
    let lines = reshaped([samples, groups, channels / groups * rest])
    let moments = Moments(lines, mask: 4)
    var result = ((moments.deviations - moments.mean) * (moments.squares + number(epsilon)).reciprocalSquareRoot())
      .reshaped(shape)
    var column = Shape(shape.map { _ in 1 })
    column[1] = channels
    if let weight { result = result * weight.reshaped(column) }
    if let bias { result = result + bias.reshaped(column) }
    return result
  }

  /// Over the last `count` axes.
  func rmsNorm(_ count: Int, _ weight: Expression?, epsilon: Double) -> Expression {
    let mask = ((1 << count) - 1) << (shape.rank - count)
    let result = self * (square().mean(mask: mask) + number(epsilon)).reciprocalSquareRoot()
    return weight.map { result * $0 } ?? result
  }
}

/// (x − mean)/√(variance + ε) with mean and variance over groups of channels of each sample, times a weight per channel, plus a
/// bias per channel (Wu and He, arXiv:1803.08494).
///
/// `x` is [samples, channels, …], and the number of groups divides that of channels.
public func groupNorm<Scalar: TensorFloatingPoint>(
  _ x: Tensor<Scalar>, groups: Int, weight: Tensor<Scalar>? = nil, bias: Tensor<Scalar>? = nil, epsilon: Double = 1e-5
) -> Tensor<Scalar> {
  guard x.rank >= 2, groups >= 1, x.shape[1] % groups == 0 else {
    fatalError(
      "groupNorm: \(groups) groups for shape \(x.shape); it is [samples, channels, …], and the groups must divide the channels"
    )
  }
  for (name, parameter) in [("weight", weight), ("bias", bias)] {
    if let parameter, parameter.shape != [x.shape[1]] {
      fatalError(
        "groupNorm: the \(name) has shape \(parameter.shape); there must be one for each of \(x.shape[1]) channels")
    }
  }
  return Tensor(x.expression.groupNorm(groups, weight?.expression, bias?.expression, epsilon: epsilon))
}

/// x/√(mean of x² + ε) over the last axes, times a weight (Zhang and Sennrich, arXiv:1910.07467).
///
/// `shape` is that of the last axes; the weight has it too. ε is the type's unit round-off where none is given.
public func rmsNorm<Scalar: TensorFloatingPoint>(
  _ x: Tensor<Scalar>, normalizedShape shape: Shape, weight: Tensor<Scalar>? = nil, epsilon: Double? = nil
) -> Tensor<Scalar> {
  guard shape.rank >= 1, x.rank >= shape.rank, Shape(x.shape.suffix(shape.rank)) == shape else {
    fatalError("rmsNorm: shape \(x.shape) does not end in the normalized shape \(shape)")
  }
  if let weight, weight.shape != shape {
    fatalError(
      "rmsNorm: the weight has shape \(weight.shape) and the normalized shape is \(shape); the two must be equal")
  }
  return Tensor(
    x.expression.rmsNorm(shape.rank, weight?.expression, epsilon: epsilon ?? Double(Scalar.ulpOfOne)))
}
