import Adjoint
import Testing

/// A hook that differentiates the graph that it hangs on.
@Suite struct RecursiveHookTests {
  @Test func isRefused() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let x = Tensor<Float>([1, 2], requiresGrad: true)
      let y = (x * x).sum()
      x.registerHook { (_: Tensor<Float>) in y.backward(retainGraph: true) }
      y.backward(retainGraph: true)
    }
    let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(
      text.contains("backward: a hook calls backward() on the Sum of shape [] whose backward pass has called the hook"))
  }

  @Test func isRefusedAfterAccumulation() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let x = Tensor<Float>([1, 2], requiresGrad: true)
      let y = (x * x).sum()
      x.registerPostAccumulateGradHook { _ in y.backward(retainGraph: true) }
      y.backward(retainGraph: true)
    }
    let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(text.contains("it would be called again without end"))
  }

  /// Another graph is nobody's business.
  @Test func otherGraphsAreFine() {
    let x = Tensor<Float>([1, 2], requiresGrad: true)
    let w = Tensor<Float>([3, 4], requiresGrad: true)
    x.registerHook { (gradient: Tensor<Float>) in enableGrad { (gradient.detached() * w).sum() }.backward() }
    (x * x).sum().backward()
    #expect(x.grad!.scalars == [2, 4] && w.grad!.scalars == [2, 4])
  }
}
