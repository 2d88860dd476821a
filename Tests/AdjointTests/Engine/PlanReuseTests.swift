import Testing

@testable import Adjoint

/// A plan is found again whatever the numbers, offsets and buffers are, and nothing is kept that nobody holds.
@Suite struct PlanReuseTests {
  /// What the engine does from the third run of `body` on, when everything that can be known is known.
  private func steady(_ runs: Int = 5, _ body: (Int) -> Void) -> Counters.Counts {
    for run in 0..<3 { body(run) }
    return Counters.count { for run in 3..<3 + runs { body(run) } }
  }

  @Test func changingNumbers() {
    let x = Tensor<Float>([1, 2, 3], requiresGrad: true)
    let counts = steady { run in
      x.zeroGrad()
      let rate = Float(run) * 0.3 + 0.1
      (x * rate + rate).tanh().mean().backward()
      let expected = x.detached().scalars.map { value in
        let t = Double(Tensor<Double>(Double(value * rate + rate)).tanh().item())
        return Float((1 - t * t) * Double(rate) / 3)
      }
      for (got, want) in zip(x.grad!.scalars, expected) { #expect(abs(got - want) < 1e-6, "run \(run)") }
    }
    #expect(counts.plansMade == 0, "\(counts)")
  }

  /// 1, 0 and −1 are no special cases of a number that changes.
  @Test func numbersThatPassThroughSpecialValues() {
    let x = Tensor<Double>([1, 2, 3], requiresGrad: true)
    for rate in [0.5, 1, 0, -1, 2, 1, 0.5, 0] {
      x.zeroGrad()
      ((x * rate).square() * rate + x * rate - rate).sum().backward()
      let expected = [1.0, 2, 3].map { 2 * rate * rate * rate * $0 + rate }
      for (got, want) in zip(x.grad!.scalars, expected) { #expect(abs(got - want) < 1e-12, "rate \(rate)") }
    }
  }

  @Test func numbersThatRulesCalculateWith() {
    let x = Tensor<Double>([1, 2, 3], requiresGrad: true)
    for run in 1...8 {
      x.zeroGrad()
      let (a, p) = (Double(run) * 0.25, Double(run % 3 + 1))
      let y = (x / a).power(p) - a * (x * a - 1).exp() / (a + 2)
      y.sum().backward()
      for (got, value) in zip(x.grad!.scalars, [1.0, 2, 3]) {
        let want = p / a * pow(value / a, p - 1) - a * a * Tensor<Double>(value * a - 1).exp().item() / (a + 2)
        #expect(abs(got - want) < 1e-9 * max(1, abs(want)), "run \(run)")
      }
    }
  }

  private func pow(_ base: Double, _ exponent: Double) -> Double { (0..<Int(exponent)).reduce(1) { r, _ in r * base } }

  @Test func movingSlices() {
    let data = Tensor<Float>.arange(1000).evaluate()
    let w = Tensor<Float>([0.5, 2], requiresGrad: true)
    let counts = steady { run in
      w.zeroGrad()
      let start = run * 37 % 900
      let batch = data[start..<start + 20].reshaped(10, 2)
      (batch * w).sum().backward()
      let sum = (0..<10).reduce(0) { $0 + Float(start + 2 * $1) }
      #expect(w.grad!.scalars == [sum, sum + 10], "run \(run)")
    }
    #expect(counts.plansMade == 0, "\(counts)")
  }

  @Test func customOperations() {
    let x = Tensor<Double>([1, 2, 3], requiresGrad: true)
    let counts = steady { run in
      let factor = Double(run)
      let scaled = CustomOperation<Double>(
        "Scaled", forward: { $0[0] * factor }, vectorJacobianProduct: { _, _, g in [g * factor] })
      x.zeroGrad()
      (scaled(x) * x).sum().backward()
      #expect(x.grad!.scalars == [1, 2, 3].map { 2 * factor * $0 })
    }
    #expect(counts.plansMade == 0, "\(counts)")
  }

  /// The closures of an operation of the user's own are not kept alive by a plan.
  @Test func customClosuresAreReleased() {
    final class Token: Sendable {}
    weak var held: Token?
    do {
      let token = Token()
      held = token
      let own = CustomOperation<Float>(
        "Own", shape: { $0[0] },
        elements: { [token] x in
          _ = token
          return x[0].map { $0 + 1 }
        }, vectorJacobianProduct: { _, _, g in [g] })
      let x = Tensor<Float>([1, 2], requiresGrad: true)
      for _ in 0..<3 { (own(x) * 2).sum().backward() }
      #expect(x.grad!.scalars == [6, 6])
    }
    #expect(held == nil)
  }

  /// Of two results that share their way, the first keeps where they part, and nothing else is kept.
  @Test func aSecondResultKeepsNothing() {
    let x = Tensor<Double>.ones(10_000).evaluate()
    func two() -> (Tensor<Double>, Tensor<Double>) {
      let u = ((x * 0.3).sin() + 0.5).exp().log1p().tanh()
      return (u.square().sin(), u.cos().exp())
    }
    let (a, b) = two()
    let counts = [a, b].map { result in Counters.count { result.evaluate() } }
    #expect(counts.map(\.bytesWritten) == [160_000, 80_000], "\(counts)")
  }

  @Test func gradientsAccumulateInPlaceOrNot() {
    let x = Tensor<Double>([1, 2, 3], requiresGrad: true)
    for step in 1...6 {
      let held = x.grad
      let before = held?.scalars
      (x * x).sum().backward()
      #expect(x.grad!.scalars == [2, 4, 6].map { $0 * Double(step) })
      // Whoever holds the gradient so far keeps it.
      #expect(held?.scalars == before)
    }
  }
}
