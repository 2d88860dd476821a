import Adjoint
import Testing

/// Tracked leaves that are views of larger arrays. In processes of their own, for what reads outside an array.
@Suite struct StridedLeafTests {
  private static func expectSuccess(
    _ result: ExitTest.Result?, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let message = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(result != nil, "\(message)", sourceLocation: sourceLocation)
  }

  /// A structure that was met with a view is not taken for the same when the leaf lies elsewhere.
  @Test func aContiguousLeafAfterStridedOnes() async {
    Self.expectSuccess(
      await #expect(processExitsWith: .success, observing: [\.standardErrorContent]) {
        func run(_ x: Tensor<Double>) -> (Double, [Double]) {
          let y = (x * x * Tensor([1, 10])).sum()
          y.backward()
          return (y.item(), x.grad!.scalars)
        }
        let base = Tensor((0..<100_000).map { Double($0) }, requiresGrad: true)
        for _ in 0..<4 {
          let x = base.narrowed(axis: 0, start: 99_000, count: 2).evaluate().detached()
          x.requiresGrad = true
          let (value, gradient) = run(x)
          guard value == 99_000.0 * 99_000 + 10 * 99_001.0 * 99_001, gradient == [198_000, 1_980_020] else {
            fatalError("got \(value), \(gradient)")
          }
        }
        let (value, gradient) = run(Tensor([1, 2], requiresGrad: true))
        guard value == 41, gradient == [2, 40] else { fatalError("got \(value), \(gradient), expected 41, [2, 40]") }
      })
  }

  /// The same, from every layout to every other.
  @Test func oneStructureFromManyLayouts() async {
    Self.expectSuccess(
      await #expect(processExitsWith: .success, observing: [\.standardErrorContent]) {
        let layouts = ["contiguous", "transposed", "sliced", "broadcast"]
        func leaf(_ layout: String) -> Tensor<Double> {
          let base = Tensor<Double>([1, 2, 3, 4], shape: [2, 2], requiresGrad: true)
          let wide = Tensor((0..<60).map { Double($0) }, shape: [6, 10], requiresGrad: true)
          let view =
            switch layout {
            case "transposed": base.transposed()
            case "sliced": wide[3...4, 5...6]
            case "broadcast": base[0].broadcast(to: [2, 2])
            default: Tensor(base, requiresGrad: true)
            }
          let leaf = view.evaluate().detached()
          leaf.requiresGrad = true
          return leaf
        }
        for first in layouts {
          for second in layouts {
            for layout in [first, first, first, second, first] {
              let x = leaf(layout)
              (x * x * Tensor<Double>([1, 10, 100, 1000], shape: [2, 2])).sum().backward()
              let elements = leaf(layout).scalars
              let expected = zip(elements, [1.0, 10, 100, 1000]).map { 2 * $0 * $1 }
              guard x.grad!.scalars == expected else {
                fatalError("\(first), then \(second), at \(layout): got \(x.grad!.scalars), expected \(expected)")
              }
            }
          }
        }
      })
  }

  @Test func sgdOnATransposedLeaf() {
    let base = Tensor<Double>([1, 2, 3, 4], shape: [2, 2], requiresGrad: true)
    let w = base.transposed().evaluate().detached()
    w.requiresGrad = true
    (w * Tensor<Double>([1, 0.5, 0.25, 0.125], shape: [2, 2])).sum().backward()
    SGD([w], learningRate: 0.5).step()
    // [[1, 3], [2, 4]] less half the gradient.
    #expect(w.scalars == [0.5, 2.75, 1.875, 3.9375])
    #expect(base.scalars == [1, 2, 3, 4])
  }

  @Test func sgdOnASliceFarFromTheStart() async {
    Self.expectSuccess(
      await #expect(processExitsWith: .success, observing: [\.standardErrorContent]) {
        let base = Tensor((0..<100_000).map { Double($0) }, requiresGrad: true)
        let w = base.narrowed(axis: 0, start: 99_000, count: 2).evaluate().detached()
        w.requiresGrad = true
        for momentum in [0, 0.9] {
          let before = w.scalars
          w.zeroGrad()
          (w * Tensor([2, 4])).sum().backward()
          SGD([w], learningRate: 0.5, momentum: momentum).step()
          guard w.scalars == [before[0] - 1, before[1] - 2] else { fatalError("\(w.scalars) after \(before)") }
        }
        guard base.scalars[99_000] == 99_000 else { fatalError("the larger array changed: \(base.scalars[99_000])") }
      })
  }
}
