import Foundation
import Testing

@testable import Adjoint

/// Draws have their distributions' moments, follow from the seed, and are differentiated by reparametrisation.
@Suite struct RandomDistributionTests {
  private typealias T = Tensor<Double>
  private static let count = 40_000

  /// Mean and variance within five standard errors.
  private func expectMoments(_ x: T, mean: Double, variance: Double, kurtosis: Double, _ name: String) {
    let n = Double(Self.count)
    let got = (mean: x.mean().item(), variance: x.variance().item())
    #expect(abs(got.mean - mean) < 5 * (variance / n).squareRoot(), "\(name): mean \(got.mean), expected \(mean)")
    let error = variance * ((kurtosis - 1) / n).squareRoot()
    #expect(abs(got.variance - variance) < 5 * error, "\(name): variance \(got.variance), expected \(variance)")
  }

  private func filled(_ value: Double) -> T { .full([Self.count], value) }

  @Test func momentsAreThoseOfTheDistribution() {
    let generator = RandomGenerator(seed: 11)
    expectMoments(
      .normal([Self.count], mean: 2, deviation: 3, generator: generator), mean: 2, variance: 9, kurtosis: 3, "normal")
    expectMoments(
      .exponential(rate: filled(2), generator: generator), mean: 0.5, variance: 0.25, kurtosis: 9, "exponential")
    for a in [0.3, 1, 4.5, 80] {
      expectMoments(
        .gamma(concentration: filled(a), rate: filled(2), generator: generator), mean: a / 2, variance: a / 4,
        kurtosis: 3 + 6 / a, "gamma \(a)")
    }
    expectMoments(
      .beta(filled(2), filled(3), generator: generator), mean: 0.4, variance: 0.04, kurtosis: 2.36, "beta")
    for rate in [0.2, 3, 29, 31, 1000] {
      expectMoments(
        .poisson(rate: filled(rate), generator: generator), mean: rate, variance: rate, kurtosis: 3 + 1 / rate,
        "poisson \(rate)")
    }
    expectMoments(
      .bernoulli(probability: filled(0.3), generator: generator), mean: 0.3, variance: 0.21, kurtosis: 1.762,
      "bernoulli")
  }

  @Test func categoriesOccurByTheirProbability() {
    let probabilities = [0.1, 0.2, 0.7]
    let logits = T(probabilities.map { log($0) + 3 })
    let draws = T.categorical(logits: logits, count: Self.count, generator: RandomGenerator(seed: 12))
    #expect(draws.shape == [Self.count])
    for (p, count) in zip(probabilities, draws.bincount(minimumCount: 3).scalars) {
      let n = Double(Self.count)
      #expect(abs(Double(count) - n * p) < 5 * (n * p * (1 - p)).squareRoot(), "\(count) of probability \(p)")
    }
    #expect(T.categorical(logits: .zeros(2, 5, 3), count: 4).shape == [4, 2, 5])
  }

  @Test func aSeedGivesTheSameDraws() {
    func draws() -> [[Double]] {
      let generator = RandomGenerator(seed: 13)
      let a = T.rand(100, generator: generator) + 0.2
      return [
        T.gamma(concentration: a, rate: a, generator: generator).scalars,
        T.poisson(rate: a * 60, generator: generator).scalars,
        T.exponential(rate: a, generator: generator).scalars, T.beta(a, a, generator: generator).scalars,
      ]
    }
    #expect(draws() == draws())
  }

  /// d/dθ of the mean of the draws is that of the distribution's mean.
  @Test func gradientsOfMeansFollowTheParameters() {
    let generator = RandomGenerator(seed: 14)
    func gradient(_ value: Double, _ draw: (T) -> T) -> Double {
      let parameter = T(value, requiresGrad: true)
      draw(parameter.broadcast(to: [Self.count])).mean().backward()
      return parameter.grad!.item()
    }
    let one = filled(1)
    let cases: [(String, Double, Double)] = [
      ("normal mean", gradient(0.5) { .normal(mean: $0, deviation: one, generator: generator) }, 1),
      (
        "normal deviation, of the square",
        gradient(0.5) { T.normal(mean: T.zeros(like: one), deviation: $0, generator: generator).square() }, 1
      ),
      ("exponential rate", gradient(2) { .exponential(rate: $0, generator: generator) }, -0.25),
      ("gamma rate", gradient(2) { .gamma(concentration: one * 3, rate: $0, generator: generator) }, -0.75),
      ("gamma concentration", gradient(3) { .gamma(concentration: $0, rate: one, generator: generator) }, 1),
      ("gamma concentration below 1", gradient(0.4) { .gamma(concentration: $0, rate: one, generator: generator) }, 1),
      ("beta", gradient(2) { .beta($0, one * 3, generator: generator) }, 3.0 / 25),
    ]
    for (name, got, expected) in cases { #expect(abs(got - expected) < 0.05, "\(name): \(got), expected \(expected)") }
  }

  /// The slope of a gamma-distributed number against differences of the quantile, by bisection of the probability.
  @Test func gammaSlopesFollowTheQuantile() {
    func probability(_ a: Double, _ x: Double) -> Double {
      var (term, sum, n) = (1 / a, 0.0, 0.0)
      while term > 1e-18 * sum || n < x {
        sum += term
        n += 1
        term *= x / (a + n)
      }
      return sum * exp(a * log(x) - x - lgamma(a))
    }
    func quantile(_ a: Double, _ p: Double) -> Double {
      var (low, high) = (0.0, 10 * a + 50)
      for _ in 0..<200 {
        let middle = (low + high) / 2
        if probability(a, middle) < p { low = middle } else { high = middle }
      }
      return low
    }
    for a in [0.4, 1, 2.5, 30] {
      for p in [0.05, 0.4, 0.9, 0.999] {
        let x = quantile(a, p)
        let step = 1e-4 * a
        let expected = (quantile(a + step, p) - quantile(a - step, p)) / (2 * step)
        let got = RandomDraws.gammaSlope(a, x)
        #expect(abs(got - expected) < 1e-5 * abs(expected) + 1e-7, "a \(a), p \(p): \(got), expected \(expected)")
      }
    }
    // Both formulas where they meet.
    let (below, above) = (RandomDraws.gammaSlope(1e5, 1.001e5), RandomDraws.gammaSlope(1.000_001e5, 1.001_001e5))
    #expect(abs(below - above) < 1e-6, "\(below) and \(above)")
  }
}
