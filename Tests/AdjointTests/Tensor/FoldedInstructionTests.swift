import Testing

@testable import Adjoint

/// Instructions of a pass that do the work of two: the results are those of the operations one by one.
@Suite struct FoldedInstructionTests {
  private func apart(_ x: Tensor<Double>) -> Tensor<Double> { Tensor(x.scalars, shape: x.shape) }

  private let x = Tensor<Double>.linspace(-9, 9, count: 60).reshaped(3, 4, 5)

  @Test func sineAndCosineOfOneValue() {
    for x in [x, x.transposed(0, 2), x[0..., 1...2]] {
      let both = (x * 2).sin() * 3 + (x * 2).cos()
      let alone = apart(apart(x * 2).sin()) * 3 + apart(apart(x * 2).cos())
      #expect(both.scalars == alone.scalars)
      // The cosine first, another reader of both, and the argument again after them.
      let doubled = x * 2
      let mixed = doubled.cos() - doubled.sin() + doubled * doubled.cos()
      let cosine = apart(apart(x * 2).cos())
      #expect(mixed.scalars == (cosine - apart(apart(x * 2).sin()) + apart(x * 2) * cosine).scalars)
    }
  }

  @Test func sineAndCosineAreBothResults() {
    let sine = x.sin()
    let cosine = x.cos()
    Evaluation.evaluateAll([sine.node, cosine.node])
    #expect(sine.scalars == apart(x).sin().scalars)
    #expect(cosine.scalars == apart(x).cos().scalars)
  }

  @Test func exponentialOfADifference() {
    let row = Tensor<Double>.linspace(-1, 1, count: 5)
    let known = apart(x - row)
    #expect((x - row).exp().scalars == known.exp().scalars)
    #expect((row - x).exp().scalars == apart(row - x).exp().scalars)
    #expect((x - 1).exp().sum(axis: 1).scalars == apart(apart(x - 1).exp()).sum(axis: 1).scalars)
    // The difference has a second reader.
    let difference = x - row
    #expect((difference.exp() + difference).scalars == (known.exp() + known).scalars)
  }
}
