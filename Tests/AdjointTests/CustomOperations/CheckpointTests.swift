import AdjointKernels
import Testing

@testable import Adjoint

@Suite struct CheckpointTests {
  private static func model(
    _ x: Tensor<Double>, _ w: Tensor<Double>,
    _ wrap: (Tensor<Double>, @escaping (Tensor<Double>) -> Tensor<Double>) -> Tensor<Double>
  ) -> Tensor<Double> {
    wrap(x) { x in (x.matmul(w).tanh() * x).sin() + w.sum() }
  }

  @Test func gradientsAreThoseOfAPlainCall() {
    for isNested in [false, true] {
      let values = Tensor<Double>.rand(3, 3)
      let (x1, x2) = (values.detached().copiedLeaf, values.detached().copiedLeaf)
      let weights = Tensor<Double>.rand(3, 3)
      let (w1, w2) = (weights.copiedLeaf, weights.copiedLeaf)
      // A tracked result goes in, and the result goes on.
      let y1 = Self.model(x1 * 2, w1) { $1($0) }
      let y2 = Self.model(x2 * 2, w2) { x, f in
        isNested ? checkpointed(x) { x in checkpointed(x) { f($0) } * 1 } : checkpointed(x) { f($0) }
      }
      #expect(y1.scalars == y2.scalars)
      (y1 * y1).sum().backward()
      (y2 * y2).sum().backward()
      for (a, b) in [(x1, x2), (w1, w2)] {
        let worst = zip(a.grad!.scalars, b.grad!.scalars).map { abs($0 - $1) }.max()!
        #expect(worst < 1e-12, "nested \(isNested): \(a.grad!) and \(b.grad!)")
      }
    }
  }

  @Test func forwardModeAndSecondOrder() {
    let w = Tensor<Double>.rand(3, 3)
    let x = Tensor<Double>.rand(3, 3)
    let v = Tensor<Double>.rand(3, 3)
    let plain = { (x: Tensor<Double>) in Self.model(x, w) { $1($0) }.sum() }
    let saved = { (x: Tensor<Double>) in Self.model(x, w) { x, f in checkpointed(x) { f($0) } }.sum() }
    func close(_ a: Tensor<Double>, _ b: Tensor<Double>) -> Bool {
      zip(a.scalars, b.scalars).allSatisfy { abs($0 - $1) < 1e-10 }
    }
    #expect(close(jvp(of: saved, at: x, along: v).tangent, jvp(of: plain, at: x, along: v).tangent))
    #expect(close(hvp(of: saved, at: x, along: v), hvp(of: plain, at: x, along: v)))
    #expect(close(vhp(of: saved, at: x, along: v), vhp(of: plain, at: x, along: v)))
    #expect(close(grad(of: saved)(x), grad(of: plain)(x)))
  }

  @Test func randomNumbersComeAgain() async {
    let result = await #expect(processExitsWith: .success, observing: [\.standardErrorContent]) {
      manualSeed(7)
      let x = Tensor<Double>.ones(1000, requiresGrad: true)
      var masks: [[Double]] = []
      let y = checkpointed(x) { x in
        let mask = Tensor<Double>.rand(1000)
        masks.append(mask.scalars)
        return x * mask
      }
      let before = Tensor<Double>.rand(3).scalars
      y.sum().backward()
      guard masks.count == 2, masks[0] == masks[1], x.grad!.scalars == masks[0] else {
        fatalError("\(masks.count) masks, the gradient \(x.grad!)")
      }
      // The stream goes on where it was.
      let after = Tensor<Double>.rand(3).scalars
      manualSeed(7)
      _ = Tensor<Double>.rand(1000)
      guard Tensor<Double>.rand(3).scalars == before, Tensor<Double>.rand(3).scalars == after else {
        fatalError("the stream of random numbers was disturbed")
      }
    }
    #expect(result != nil, "\(String(decoding: result?.standardErrorContent ?? [], as: UTF8.self))")
  }

  @Test func memoryIsThatOfTheEnds() async {
    let result = await #expect(processExitsWith: .success, observing: [\.standardErrorContent]) {
      // Products keep their results for the backward pass: eight of 512 KiB each.
      func held(_ wrap: (Tensor<Double>, @escaping (Tensor<Double>) -> Tensor<Double>) -> Tensor<Double>) -> Int {
        let x = Tensor<Double>.rand(256, 256, requiresGrad: true)
        let w = Tensor<Double>.rand(256, 256)
        let before = BufferPool.shared.statistics.bytesInUse
        let y = wrap(x) { x in (0..<8).reduce(x) { x, _ in x.matmul(w).tanh() } }
        y.evaluate()
        let kept = BufferPool.shared.statistics.bytesInUse - before
        y.sum().backward()
        guard x.grad != nil else { fatalError("no gradient") }
        return kept
      }
      let (plain, saved) = (held { $1($0) }, held { x, f in checkpointed(x) { f($0) } })
      guard saved < 1_200_000, plain > 4_000_000 else {
        fatalError("\(plain) bytes without a checkpoint, \(saved) with one")
      }
    }
    #expect(result != nil, "\(String(decoding: result?.standardErrorContent ?? [], as: UTF8.self))")
  }
}

extension Tensor where Scalar == Double {
  fileprivate var copiedLeaf: Tensor { Tensor(scalars, shape: shape, requiresGrad: true) }
}
