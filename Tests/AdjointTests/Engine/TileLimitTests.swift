import AdjointKernels
import Testing

@testable import Adjoint

/// Passes at their limits: one below, at and one above, at sizes below and beyond a tile and beyond the caches.
@Suite struct TileLimitTests {
  private static let counts = [1, 62, 63, 64, 65, 66, 190, 191, 192, 193, 194, 385]

  /// As many inputs as that, and one sum.
  @Test(arguments: counts, [3, 513, 20_000]) func inputs(count: Int, size: Int) {
    let parts = (0..<count).map { Tensor<Float>.full([size], Float($0 % 7)).evaluate() * 1 }
    let inputs = parts.map { $0.evaluate() }
    var sum = inputs[0]
    for part in inputs.dropFirst() { sum = sum + part }
    let expected = (0..<count).reduce(Float(0)) { $0 + Float($1 % 7) }
    let got = sum.scalars
    #expect(got.allSatisfy { $0 == expected }, "\(got.first!) for \(expected)")
  }

  /// As many results as that of one pass, written past the caches or not.
  @Test(arguments: counts, [3, 513, 20_000]) func outputs(count: Int, size: Int) {
    let x = Tensor<Float>.arange(Float(size)).evaluate()
    var y = x
    var results: [Tensor<Float>] = []
    for k in 0..<count {
      y = (y * 0.5 + Float(k)).abs()
      results.append(y.sin())
    }
    Evaluation.evaluateAll(results.map(\.node))
    var z = x
    for k in 0..<count {
      z = (z * 0.5 + Float(k)).abs().evaluate()
      #expect(results[k].scalars == z.sin().scalars, "result \(k)")
    }
  }

  /// As many instructions as that, forward and backward, beside one element at a time.
  @Test(arguments: counts) func instructions(count: Int) {
    let size = 5_000
    let x = Tensor<Double>.linspace(-1, 1, count: size).evaluate().detached()
    x.requiresGrad = true
    func run(_ x: Tensor<Double>) -> Tensor<Double> {
      var y = x
      for k in 0..<count { y = k % 3 == 0 ? y.sin() : (k % 3 == 1 ? y * 1.1 : y + x) }
      return y
    }
    run(x).sum().backward()
    let gradient = x.grad!.scalars
    for place in [0, 1, 511, 512, 513, 2047, 2048, 4095, 4096, 4999] {
      let one = Tensor<Double>([x.scalars[place]], requiresGrad: true)
      run(one).sum().backward()
      #expect(one.grad!.item() == gradient[place], "element \(place)")
    }
  }

  /// The pending graph is bounded by nodes and by bytes.
  @Test func pendingWorkIsBounded() {
    let x = Tensor<Float>([1, 2, 3])
    var y = x
    let counts = Counters.count { for _ in 0..<(PendingWork.limit + 10_000) { y = y + 1 } }
    #expect(counts.plansMade >= 1, "\(counts)")
    #expect(y.scalars == [1, 2, 3].map { $0 + Float(PendingWork.limit + 10_000) })
    // A hundred arrays of 40 MB each would be 4 GB.
    var total = Tensor<Float>(0)
    let bytes = Counters.count {
      for k in 0..<100 { total = total + Tensor<Float>.full([10_000_000], Float(k)).evaluate().amax() }
    }
    #expect(bytes.passesRun > 0 && total.item() == 4950)
  }

  /// Shared operands do not count twice: a graph whose paths double at every step is small.
  @Test func diamondsAreNotEvaluatedEarly() {
    let x = Tensor<Double>([0.5])
    var y = x
    let counts = Counters.count { for _ in 0..<5_000 { y = y * y.sin() + y } }
    #expect(counts == Counters.Counts(), "\(counts)")
    #expect(y.item().isFinite)
  }
}
