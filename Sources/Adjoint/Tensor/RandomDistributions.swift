import AdjointKernels

/// Numbers drawn from distributions whose parameters are tensors.
///
/// Draws that are a differentiable function of their parameters and of numbers that do not depend on them are differentiated so:
/// the gradient of a mean over many draws is then an estimate of the mean's gradient.
extension Tensor where Scalar: TensorFloatingPoint {
  private static func uniform(_ shape: Shape, _ generator: RandomGenerator) -> Tensor {
    Tensor(generator.fill(.uniform, Scalar.elementType, count: shape.elementCount), shape: shape)
  }

  /// Normally distributed numbers, one for each mean and deviation; the shapes broadcast.
  ///
  /// Derivatives: 1 for the mean, and the standard normal number that was drawn for the deviation.
  public static func normal(
    mean: Tensor, deviation: Tensor, generator: RandomGenerator = .shared
  ) -> Tensor {
    guard let common = mean.shape.broadcast(with: deviation.shape) else {
      fatalError(Operation.broadcastMessage("normal", [mean.shape, deviation.shape]))
    }
    return mean + deviation * randn(common, generator: generator)
  }

  /// Normally distributed numbers of one mean and one deviation.
  public static func normal(
    _ shape: Shape, mean: Scalar, deviation: Scalar, generator: RandomGenerator = .shared
  ) -> Tensor {
    randn(shape, generator: generator) * deviation + mean
  }

  /// Exponentially distributed numbers, one for each rate: of mean 1/rate.
  ///
  /// Derivative: −x/rate.
  public static func exponential(rate: Tensor, generator: RandomGenerator = .shared) -> Tensor {
    // −ln(1 − u) of a u below 1 is finite.
    let draws = -(-uniform(rate.shape, generator)).log1p()
    return draws.detached() / rate
  }

  /// Gamma-distributed numbers, one for each concentration α and rate β: of mean α/β. The shapes broadcast.
  ///
  /// Marsaglia and Tsang's method (ACM TOMS 26, 2000). Derivatives: −x/β for the rate; for the concentration that of the
  /// quantile at the probability of what was drawn (implicit reparametrisation, Figurnov et al., arXiv:1805.08498).
  public static func gamma(
    concentration: Tensor, rate: Tensor, generator: RandomGenerator = .shared
  ) -> Tensor {
    guard let common = concentration.shape.broadcast(with: rate.shape) else {
      fatalError(Operation.broadcastMessage("gamma", [concentration.shape, rate.shape]))
    }
    return standardGamma(concentration.broadcast(to: common), generator) / rate
  }

  /// Beta-distributed numbers, one for each pair of concentrations: of mean a/(a + b). The shapes broadcast.
  ///
  /// As x/(x + y) of two gamma-distributed numbers, and differentiated so.
  public static func beta(_ a: Tensor, _ b: Tensor, generator: RandomGenerator = .shared) -> Tensor {
    guard let common = a.shape.broadcast(with: b.shape) else {
      fatalError(Operation.broadcastMessage("beta", [a.shape, b.shape]))
    }
    let x = standardGamma(a.broadcast(to: common), generator)
    let y = standardGamma(b.broadcast(to: common), generator)
    return x / (x + y)
  }

  /// Whole numbers of Poisson's distribution, one for each rate, as numbers of this type. Not differentiable.
  public static func poisson(rate: Tensor, generator: RandomGenerator = .shared) -> Tensor {
    let draws = RandomDraws.poisson(rate.scalars.map { Double($0) }, generator)
    return Tensor(draws.map { Scalar($0) }, shape: rate.shape)
  }

  /// 1 with the given probabilities and 0 otherwise. Not differentiable.
  public static func bernoulli(probability: Tensor, generator: RandomGenerator = .shared) -> Tensor {
    (uniform(probability.shape, generator) .< probability.detached()).converted(to: Scalar.self)
  }

  /// Class numbers drawn by unnormalised log-probabilities along the last axis, `count` for each: [count, …].
  ///
  /// The largest of scores to which numbers of Gumbel's distribution were added. Not differentiable.
  public static func categorical(
    logits: Tensor, count: Int, generator: RandomGenerator = .shared
  ) -> Tensor<Int> {
    guard logits.rank >= 1, logits.shape[logits.rank - 1] >= 1, count >= 0 else {
      fatalError(
        "categorical: \(count) draws by scores of shape \(logits.shape); the last axis must have a class at least")
    }
    // Of 1 − u, which is never 0.
    let exponentials = -(-uniform(Shape([count] + logits.shape.dimensions), generator)).log1p()
    return (logits.detached() - exponentials.log()).argmax(axis: -1)
  }

  private static func standardGamma(_ concentration: Tensor, _ generator: RandomGenerator) -> Tensor {
    let draws = RandomDraws.gamma(concentration.scalars.map { Double($0) }, generator)
    let value = Tensor(draws.map { Scalar($0) }, shape: concentration.shape)
    guard concentration.expression.isTracked && GradientMode.isEnabled else { return value }
    let slopes = zip(concentration.scalars, draws).map { Scalar(RandomDraws.gammaSlope(Double($0), $1)) }
    // The slope is a number that was drawn too: second derivatives take it as constant.
    let slope = Tensor(slopes, shape: concentration.shape)
    return value + slope * (concentration - concentration.detached())
  }
}
