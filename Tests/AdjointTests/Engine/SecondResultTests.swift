import Adjoint
import Testing

/// A result that is read after another one of the same graph, beyond a tile.
@Suite struct SecondResultTests {
  private static func f(_ x: [Tensor<Double>]) -> Tensor<Double> {
    let u = Tensor.atan2(x[0] + 0.01, x[1] * x[1] + 0.5)
    let p = (u * u + 0.5).log1p()
    let q = (p * p + 0.5).log1p()
    return Tensor.where(q .< p, q, p.sin())
  }

  private static func secondOrder(_ range: Range<Int>) -> [Tensor<Double>] {
    func elements(_ period: Int, _ shift: Double) -> Tensor<Double> {
      Tensor(range.map { Double($0 % period) / Double(period) + shift })
    }
    let x = [elements(997, -0.5), elements(883, -0.4)]
    let along = [elements(541, -0.3), elements(479, -0.6)]
    let cotangent = elements(719, -0.2)
    return jvp(of: { vjp(of: Self.f, at: $0).pullback(cotangent) }, at: x, along: along).tangent
  }

  @Test(arguments: [[0, 1], [1, 0]]) func secondOrderResultsInEveryOrder(_ order: [Int]) {
    let count = 10_000
    let whole = Self.secondOrder(0..<count)
    var got: [[Double]] = [[], []]
    for index in order { got[index] = whole[index].scalars }
    var expected: [[Double]] = [[], []]
    for first in stride(from: 0, to: count, by: 500) {
      let part = Self.secondOrder(first..<first + 500)
      for index in 0...1 { expected[index] += part[index].scalars }
    }
    for index in order {
      let wrong = (0..<count).count { got[index][$0] != expected[index][$0] }
      #expect(wrong == 0, "of \(count) elements of result \(index), read in the order \(order)")
    }
  }

  /// Who reads one result has the few values written where the other parts from it, and nothing else.
  @Test func onlyWhatSomebodyHoldsIsWritten() {
    let results = Self.secondOrder(0..<10_000)
    for result in results { #expect(result.explain().bytesWritten <= 3 * 10_000 * 8, "\(result.explain())") }
    _ = results[0].scalars
    #expect(results[1].explain().bytesWritten <= 10_000 * 8, "\(results[1].explain())")
  }
}
