import Testing

@testable import Adjoint

/// Reductions of data that lose their digits when sums are made carelessly: each result against exact arithmetic.
@Suite struct ReductionAccuracyTests {
  /// 10⁶ + {0, 1}: means and variances are in the last digits.
  private func alternating(_ count: Int, from base: Float = 1e6, step: Float = 1) -> [Float] {
    (0..<count).map { base + Float($0 % 2) * step }
  }

  @Test(arguments: [1, 2, 3, 8, 9, 33, 100])
  func columns(width: Int) {
    for rows in [1024, 1025, 4096, 100_000] {
      let x = Tensor<Float>(alternating(rows).flatMap { [Float](repeating: $0, count: width) }, shape: [rows, width])
      let ones = Double(rows / 2)
      let mean = 1e6 + ones / Double(rows)
      // One column is a row: its chunks are summed in Float. Columns are summed in Double and rounded once.
      let bound = (width == 1 ? 12 : 1) * mean * 0x1p-24 + 0.04
      for value in x.mean(axis: 0).scalars { #expect(abs(Double(value) - mean) <= bound, "\(rows) × \(width)") }
      let variance = ones * (Double(rows) - ones) / Double(rows) / Double(rows)
      for value in x.variance(axes: [0], correction: 0).scalars {
        #expect(abs(Double(value) - variance) <= 1e-6, "\(rows) × \(width): \(value)")
      }
    }
  }

  @Test(arguments: [2, 16, 128, 768, 1000, 4096, 5000, 70_000])
  func rows(length: Int) {
    let x = Tensor<Float>(alternating(3 * length), shape: [3, length])
    let (even, odd) = (Double(length + 1) / 2, Double(length) / 2)
    for value in x.mean(axis: 1).scalars {
      let bound = Double(min(length, 4096) / 128 + 10) * 0x1p-24 * 1e6
      #expect(abs(Double(value) - 1e6 - 0.5) <= 0.5 / Double(length) + bound, "\(length): \(value)")
    }
    for value in x.variance(axes: [1], correction: 0).scalars {
      #expect(abs(Double(value) - 0.25) <= even * odd * 1e-6 + 0.26 / Double(length), "\(length): \(value)")
    }
  }

  /// 10⁸ + {0 … 120}, rounded to Float: the variance about a mean that Float cannot hold.
  @Test func varianceAboutALargeMean() {
    let values = (0..<1_000_000).map { Float(1e8 + Double(($0 &* 7919) % 121)) }
    let mean = values.reduce(0.0) { $0 + Double($1) } / 1e6
    let variance = values.reduce(0.0) { $0 + (Double($1) - mean) * (Double($1) - mean) } / (1e6 - 1)
    let x = Tensor<Float>(values)
    #expect(abs(Double(x.variance().item()) - variance) <= 1e-5 * variance)
    #expect(abs(Double(x.mean().item()) - mean) <= 8)
    for (axis, shape) in [(0, Shape(1000, 1000)), (1, Shape(1000, 1000))] {
      let y = x.reshaped(shape).variance(axes: [axis]).scalars
      for (index, value) in y.enumerated() {
        let part = (0..<1000).map { Double(values[axis == 0 ? $0 * 1000 + index : index * 1000 + $0]) }
        let mean = part.reduce(0, +) / 1000
        let exact = part.reduce(0.0) { $0 + ($1 - mean) * ($1 - mean) } / 999
        #expect(abs(Double(value) - exact) <= 1e-5 * exact, "axis \(axis), \(index): \(value), \(exact)")
      }
    }
  }

  @Test func constantRows() {
    for value in [54321.1, 0.1, -1e12, 0x1p-130] as [Float] {
      let x = Tensor<Float>([Float](repeating: value, count: 3 * 768), shape: [3, 768])
      #expect(layerNorm(x, normalizedShape: [768]).scalars.allSatisfy { $0 == 0 }, "\(value)")
      #expect(x.variance(axes: [1]).scalars.allSatisfy { $0 >= 0 && $0 <= 1e-10 * value * value }, "\(value)")
      #expect(x.standardDeviation().item() >= 0)
    }
  }

  /// The Hessian of the variance is constant, at equal elements too.
  @Test func variancesDerivativesAtEqualElements() {
    for value in [0.1, 1, 54321.1] {
      let x = Tensor<Double>([Double](repeating: value, count: 3))
      let h = hessian(of: { $0.variance() }, at: x).scalars
      for (index, entry) in h.enumerated() {
        let exact = index % 4 == 0 ? 2.0 / 3 : -1.0 / 3
        #expect(abs(entry - exact) <= 1e-15, "\(value): \(h)")
      }
    }
  }

  @Test func longDotProducts() {
    let n = 3_000_001
    let x = Tensor<Float>([Float](repeating: 0.1, count: n))
    let exact = Double(Float(0.1)) * Double(n)
    // Chains of 128, folded as a tree; blocks are added in Double.
    #expect(abs(Double(x.dot(Tensor<Float>.ones(n).evaluate()).item()) - exact) <= 139 * 0x1p-24 * exact)
    #expect(abs(Double(x.sum().item()) - exact) <= 12 * 0x1p-24 * exact)
  }
}
