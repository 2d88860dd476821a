import AdjointKernels

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Draws by rejection, round after round: what a draw takes from the generator depends on the seed and the parameters alone.
enum RandomDraws {
  private static func doubles(
    _ distribution: Philox.Distribution, _ count: Int, _ generator: RandomGenerator
  ) -> [Double] {
    generator.fill(distribution, .float64, count: count).elements(Double.self, count: count)
  }

  /// Gamma-distributed numbers of rate 1; NaN for concentrations that are not positive.
  static func gamma(_ concentrations: [Double], _ generator: RandomGenerator) -> [Double] {
    var result = [Double](repeating: .nan, count: concentrations.count)
    var open = concentrations.indices.filter { concentrations[$0] > 0 }
    while !open.isEmpty {
      let (normals, uniforms) = (
        doubles(.normal, open.count, generator), doubles(.uniform, 2 * open.count, generator)
      )
      var rejected: [Int] = []
      for (k, index) in open.enumerated() {
        let a = concentrations[index]
        // Below 1 a number of concentration a + 1 is scaled down.
        let d = (a < 1 ? a + 1 : a) - 1.0 / 3
        let (x, u) = (normals[k], uniforms[2 * k])
        let root = 1 + x / (9 * d).squareRoot()
        let v = root * root * root
        if v > 0, log(1 - u) < 0.5 * x * x + d - d * v + d * log(v) {
          result[index] = a < 1 ? d * v * pow(1 - uniforms[2 * k + 1], 1 / a) : d * v
        } else {
          rejected.append(index)
        }
      }
      open = rejected
    }
    return result
  }

  /// ∂x/∂a of a gamma-distributed number at a fixed probability: −∂P(a, x)/∂a over the density.
  ///
  /// By the series P(a, x) = x^a·e^(−x)·Σ xⁿ/Γ(a + n + 1). Beyond 10⁵, where that takes long, by Wilson and Hilferty's cube.
  static func gammaSlope(_ a: Double, _ x: Double) -> Double {
    guard a > 0, x > 0, x.isFinite else { return x == 0 ? 0 : .nan }
    if a > 1e5 {
      let root = cbrt(x / a)
      let z = (root - 1 + 1 / (9 * a)) * 3 * a.squareRoot()
      return root * root * root + 3 * root * root * (1 / (9 * a) - z / (6 * a.squareRoot()))
    }
    // Terms over the density x^(a − 1)·e^(−x)/Γ(a): x/(a·(a + 1) … (a + n))·xⁿ, times ψ(a + n + 1) − ln x.
    var digamma = Tensor<Double>(a).digamma().item() + 1 / a
    let logarithm = log(x)
    var (term, sum, n) = (x / a, 0.0, 0.0)
    while true {
      let step = term * (digamma - logarithm)
      sum += step
      n += 1
      if n > x - a && Swift.abs(step) <= 0x1p-54 * Swift.abs(sum) && digamma > logarithm { return sum }
      if !sum.isFinite { return sum }
      digamma += 1 / (a + n)
      term *= x / (a + n)
    }
  }

  /// Numbers of Poisson's distribution; NaN for rates that are negative or not finite.
  static func poisson(_ rates: [Double], _ generator: RandomGenerator) -> [Double] {
    var result = [Double](repeating: .nan, count: rates.count)
    let valid = rates.indices.filter { rates[$0] >= 0 && rates[$0].isFinite }
    let small = valid.filter { rates[$0] < 30 }
    // The sum of probabilities that first exceeds a uniform number.
    for (index, u) in zip(small, doubles(.uniform, small.count, generator)) {
      var (k, probability) = (0.0, exp(-rates[index]))
      var sum = probability
      while u >= sum && probability > 0 {
        k += 1
        probability *= rates[index] / k
        sum += probability
      }
      result[index] = k
    }
    // Hörmann's transformed rejection with squeeze (Insurance: Mathematics and Economics 12, 1993).
    var open = valid.filter { rates[$0] >= 30 }
    while !open.isEmpty {
      let uniforms = doubles(.uniform, 2 * open.count, generator)
      var rejected: [Int] = []
      for (k, index) in open.enumerated() {
        let rate = rates[index]
        let b = 0.931 + 2.53 * rate.squareRoot()
        let a = -0.059 + 0.02483 * b
        let (u, v) = (uniforms[2 * k] - 0.5, 1 - uniforms[2 * k + 1])
        let distance = 0.5 - Swift.abs(u)
        let number = ((2 * a / distance + b) * u + rate + 0.43).rounded(.down)
        let isInside = distance >= 0.07 && v <= 0.9277 - 3.6224 / (b - 2)
        let limit = log(v) + log(1.1239 + 1.1328 / (b - 3.4)) - log(a / (distance * distance) + b)
        let isLikely = distance >= 0.013 || v <= distance
        if number >= 0, isInside || (isLikely && limit <= number * log(rate) - rate - logFactorial(number)) {
          result[index] = number
        } else {
          rejected.append(index)
        }
      }
      open = rejected
    }
    return result
  }

  /// ln n!, to 10 digits.
  private static func logFactorial(_ n: Double) -> Double {
    if n < 10 { return log(stride(from: 2, through: n, by: 1).reduce(1, *)) }
    return (n + 0.5) * log(n) - n + 0.918938533204672741780329736405617640 + 1 / (12 * n) - 1 / (360 * n * n * n)
  }
}
