import Adjoint
import Testing

/// One meaning of leaf: a tensor that was computed and then made to require a gradient is one everywhere.
///
/// In processes of their own: what is no leaf stops the process.
@Suite struct LeafTests {
  private static func expectSuccess(
    _ result: ExitTest.Result?, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let message = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(result != nil, "\(message)", sourceLocation: sourceLocation)
  }

  @Test func itIsALeaf() {
    let w = Tensor<Double>([1, 2, 3]) * 0.1
    w.requiresGrad = true
    #expect(w.isLeaf)
    (w * w).sum().backward()
    #expect(w.grad?.scalars == w.scalars.map { 2 * $0 })
  }

  @Test func anOptimizerTakesIt() async {
    Self.expectSuccess(
      await #expect(processExitsWith: .success, observing: [\.standardErrorContent]) {
        let w = Tensor<Double>([1, 2, 3]) * 0.5
        w.requiresGrad = true
        let optimizer = SGD([w], learningRate: 0.5)
        (w * 2).sum().backward()
        optimizer.step()
        guard w.scalars == [-0.5, 0, 0.5], w.requiresGrad, w.isLeaf else { fatalError("\(w)") }
      })
  }

  @Test func assigningKeepsTheLeaf() async {
    Self.expectSuccess(
      await #expect(processExitsWith: .success, observing: [\.standardErrorContent]) {
        let w = Tensor<Double>([1, 2, 3]) * 0.5
        w.requiresGrad = true
        let other = w
        noGrad { w.assign(Tensor([4, 5, 6])) }
        guard other.scalars == [4, 5, 6] else { fatalError("another handle reads \(other)") }
        (w * w).sum().backward()
        guard other.grad?.scalars == [8, 10, 12] else { fatalError("\(String(describing: other.grad))") }
      })
  }

  @Test func updatingKeepsTheLeaf() async {
    Self.expectSuccess(
      await #expect(processExitsWith: .success, observing: [\.standardErrorContent]) {
        var w = Tensor<Double>([1, 2, 3]) * 0.5
        w.requiresGrad = true
        let other = w
        (w * 2).sum().backward()
        noGrad { w -= 0.25 * w.grad! }
        guard w.requiresGrad, w.isLeaf else { fatalError("no leaf any more: \(w)") }
        guard w.scalars == [0, 0.5, 1], other.scalars == [0, 0.5, 1] else { fatalError("\(w), \(other)") }
        // The same leaf: its gradient is there still, and further ones are added to it.
        (w * 2).sum().backward()
        guard other.grad?.scalars == [4, 4, 4] else { fatalError("\(String(describing: other.grad))") }
      })
  }
}
