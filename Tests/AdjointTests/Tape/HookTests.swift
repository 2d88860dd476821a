import Synchronization
import Testing

@testable import Adjoint

/// What hooks saw, from whatever task they ran in.
private final class Seen: Sendable {
  private let list = Mutex<[[Double]]>([])
  var all: [[Double]] { list.withLock { $0 } }
  func append(_ tensor: Tensor<Double>) {
    let scalars = tensor.scalars
    list.withLock { $0.append(scalars) }
  }
  func append(_ number: Double) { list.withLock { $0.append([number]) } }
}

/// Hooks see whole gradients, in order, and may replace them.
@Suite struct HookTests {
  /// y has three readers; its hook sees the sum of their contributions, once.
  @Test func aHookSeesTheWholeGradient() {
    let x = Tensor<Double>([1, 2], requiresGrad: true)
    let y = x * 3
    let seen = Seen()
    y.registerHook { seen.append($0) }
    (y * y + y.exp() * 0 + y).sum().backward()
    #expect(seen.all == [[7, 13]])
    #expect(x.grad?.scalars == [21, 39])
  }

  @Test func aHookReplacesTheGradient() {
    let x = Tensor<Double>([1, 2], requiresGrad: true)
    let y = x * 3
    y.registerHook { $0 * 10 }
    y.retainGrad()
    (y * y).sum().backward()
    #expect(y.grad?.scalars == [60, 120])
    #expect(x.grad?.scalars == [180, 360])
  }

  @Test func hooksRunInOrderAndCanBeRemoved() {
    let x = Tensor<Double>([1, 2], requiresGrad: true)
    let seen = Seen()
    x.registerHook { gradient in gradient + 1 }
    let doubling = x.registerHook { gradient in gradient * 2 }
    x.registerHook { (gradient: Tensor<Double>) -> Tensor<Double>? in
      seen.append(gradient)
      return nil
    }
    let loss = (x * x).sum()
    loss.backward(retainGraph: true)
    #expect(x.grad?.scalars == [6, 10])
    x.zeroGrad()
    doubling.remove()
    doubling.remove()
    loss.backward()
    #expect(x.grad?.scalars == [3, 5])
    #expect(seen.all == [[6, 10], [3, 5]])
  }

  /// The second and later rounds would take the way of known graphs, which knows no hooks.
  @Test func hooksRunOnEveryRound() {
    let x = Tensor<Double>([1, 2], requiresGrad: true)
    func round() -> [Double] {
      x.zeroGrad()
      let y = x * 3
      (y * y).sum().backward()
      return x.grad!.scalars
    }
    for _ in 0..<4 { #expect(round() == [18, 36]) }
    let handle = x.registerHook { $0 * 2 }
    for _ in 0..<4 { #expect(round() == [36, 72]) }
    handle.remove()
    #expect(!x.node.hasHooks)
    for _ in 0..<4 { #expect(round() == [18, 36]) }
    for _ in 0..<4 {
      x.zeroGrad()
      let y = x * 3
      y.registerHook { $0 * 2 }
      (y * y).sum().backward()
      #expect(x.grad?.scalars == [36, 72])
    }
  }

  @Test func hooksRunForGradientsAsValues() {
    let x = Tensor<Double>([1, 2], requiresGrad: true)
    let y = x * 3
    y.registerHook { $0 * 10 }
    #expect(gradients(of: (y * y).sum(), withRespectTo: [x, y]).map(\.scalars) == [[180, 360], [60, 120]])
    #expect(
      grad(of: { (z: Tensor<Double>) in
        let w = z * 2
        w.registerHook { $0 * $0 }
        return (w * w).sum()
      })(Tensor([1, 3])).scalars == [32, 288])
  }

  /// With its graph recorded, the gradient's gradient goes through the hook as well: x ↦ (2x)², then 8x.
  @Test func hooksAreDifferentiated() {
    let x = Tensor<Double>([1, 2], requiresGrad: true)
    let y = x + 0.0 * x
    y.registerHook { $0 * $0 }
    let first = gradients(of: (y * y).sum(), withRespectTo: [y], createGraph: true)[0]
    #expect(first.scalars == [4, 16])
    #expect(gradients(of: first.sum(), withRespectTo: [x])[0].scalars == [64, 256])
  }

  @Test func hooksAreNotTrackedOtherwise() {
    let x = Tensor<Double>([1, 2], requiresGrad: true)
    x.registerHook { gradient in
      #expect(!isGradEnabled && !gradient.requiresGrad && !(gradient * x).requiresGrad)
      return gradient * x
    }
    (x * x).sum().backward()
    #expect(x.grad?.scalars == [2, 8])
    #expect(x.grad?.requiresGrad == false)
  }

  @Test func noGradientNoHook() {
    let x = Tensor<Double>([1, 2], requiresGrad: true)
    let w = Tensor<Double>([1, 2], requiresGrad: true)
    let seen = Seen()
    w.registerHook { seen.append($0) }
    (x * w).sum().backward(inputs: [x])
    #expect(seen.all.isEmpty)
  }

  @Test func afterAccumulation() {
    let x = Tensor<Double>([1, 2], requiresGrad: true)
    let seen = Seen()
    let handle = x.registerPostAccumulateGradHook { leaf in
      seen.append(leaf.grad!)
      leaf.assign(leaf - 0.5 * leaf.grad!)
      leaf.zeroGrad()
    }
    for _ in 0..<3 { (x * x * 0.5).sum().backward() }
    #expect(seen.all == [[1, 2], [0.5, 1], [0.25, 0.5]])
    #expect(x.scalars == [0.125, 0.25])
    #expect(x.grad == nil)
    _ = gradients(of: (x * x).sum(), withRespectTo: [x])
    #expect(seen.all.count == 3)
    handle.remove()
    (x * x).sum().backward()
    #expect(seen.all.count == 3)
    #expect(x.grad?.scalars == [0.25, 0.5])
  }

  @Test func aHandleKeepsNothingAlive() {
    weak var node: Node?
    let handle: HookHandle
    do {
      let x = Tensor<Double>([1, 2], requiresGrad: true)
      handle = x.registerHook { $0 * 2 }
      node = x.node
    }
    #expect(node == nil)
    handle.remove()
  }

  @Test func concurrentBackwardRunsEveryHook() async {
    let x = Tensor<Double>([1], requiresGrad: true)
    let seen = Seen()
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<8 {
        group.addTask {
          for _ in 0..<25 {
            let y = x * 2
            y.registerHook { gradient in
              seen.append(1.0 as Double)
              return gradient * 3
            }
            y.sum().backward()
          }
        }
      }
    }
    #expect(seen.all.count == 200)
    #expect(x.grad?.scalars == [1200])
  }
}
