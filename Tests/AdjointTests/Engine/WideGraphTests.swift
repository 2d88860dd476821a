import Testing

@testable import Adjoint

/// Wide graphs: what the engine does for them grows as they do. Counted, because times differ from run to run.
@Suite struct WideGraphTests {
  private static func tree(_ parts: [Tensor<Double>]) -> Tensor<Double> {
    var level = parts
    while level.count > 1 {
      level = stride(from: 0, to: level.count, by: 2).map {
        $0 + 1 < level.count ? level[$0] + level[$0 + 1] : level[$0]
      }
    }
    return level[0]
  }

  /// Reads the sum of a leaf's elements, each times its number, and differentiates it twice.
  private static func sumOfElements(_ count: Int) -> (value: Double, gradient: [Double]) {
    let x = Tensor<Double>.ones(count, requiresGrad: true)
    let sum = tree((0..<count).map { x[$0] * Double($0) })
    let value = sum.item()
    sum.backward(retainGraph: true)
    sum.backward()
    return (value, x.grad!.scalars)
  }

  /// Every element of an array is another view of one buffer. Finding a view among them takes no longer for many.
  @Test(arguments: [200, 400, 800]) func viewsOfOneBufferAreFoundAtOnce(_ count: Int) {
    var result: (value: Double, gradient: [Double])?
    let counts = Counters.count { result = Self.sumOfElements(count) }
    #expect(result?.value == Double(count * (count - 1) / 2))
    #expect(result?.gradient == (0..<count).map { 2 * Double($0) })
    // Three descriptions of the graph, and as many of the tape: comparing each with all before it took count / 2 each time.
    #expect(counts.viewsCompared < 16 * count, "\(counts.viewsCompared) comparisons for \(count) views")
  }

  /// Views that a description must tell apart, or must not.
  @Test func viewsOfOneBuffer() {
    let x = Tensor<Double>((0..<64).map(Double.init))
    for (a, b, expected) in [
      (x[3], x[3], 6.0), (x[3], x[5], 8), (x[1..<4].sum(), x[2..<5].sum(), 15),
      (x.reshaped(8, 8)[1, 2], x.reshaped(4, 16)[1, 2], 28), (x.reshaped(8, 8).transposed()[1, 2], x[10], 27),
    ] {
      for _ in 0..<2 { #expect((a * 1 + b * 1).item() == expected) }
    }
  }

  @Test(arguments: [1_000, 4_000]) func passesOfATreeGrowAsItDoes(_ count: Int) {
    func passes(_ count: Int) -> Int {
      let x = Tensor<Double>([1, 2, 3], requiresGrad: true)
      var sum = 0.0
      let counts = Counters.count {
        let root = Self.tree((0..<count).map { x * Double($0 % 8) }).sum()
        root.backward()
        sum = x.grad!.sum().item()
      }
      #expect(sum == 3 * Double((0..<count).reduce(0) { $0 + $1 % 8 }))
      return counts.passesRun
    }
    let (one, two) = (passes(count), passes(2 * count))
    #expect(two <= 2 * one + 4, "\(one) passes for \(count) parts, \(two) for twice as many")
  }

  /// Many leaves whose gradients are added to: the second pass is kept, and the third replays it.
  @Test func gradientsOfManyLeavesAreAddedToByAReplay() {
    let leaves = (0..<500).map { _ in Tensor<Double>.ones(1, requiresGrad: true) }
    func step() { Tensor.concatenate(leaves.enumerated().map { $1 * Double($0) }).sum().backward() }
    step()
    step()
    let counts = Counters.count { step() }
    #expect(counts.plansMade == 0 && counts.plansFound == 1, "\(counts)")
    for (number, leaf) in leaves.enumerated() { #expect(leaf.grad?.scalars == [3 * Double(number)]) }
  }
}
