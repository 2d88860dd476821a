import Adjoint
import Testing

/// Checkpoints draw the same numbers again, and take nobody else's.
@Suite(.serialized) struct CheckpointDrawTests {
  /// While one task computes checkpoints again, no number that another draws comes twice.
  @Test func othersDrawOn() async {
    let drawn = await withTaskGroup(of: [Double].self) { group in
      group.addTask {
        for _ in 0..<200 {
          let x = Tensor<Double>([1, 2], requiresGrad: true)
          let y = checkpointed(x) { x in x * Tensor<Double>.rand(2) }
          y.sum().backward()
        }
        return []
      }
      group.addTask { (0..<20_000).map { _ in Tensor<Double>.rand(1).item() } }
      var all: [Double] = []
      for await part in group { all += part }
      return all
    }
    #expect(Set(drawn).count == drawn.count)
  }

  @Test func theSameNumbersAgain() {
    manualSeed(7)
    let x = Tensor<Double>([1, 2, 3], requiresGrad: true)
    let y = checkpointed(x) { x in
      let inner = checkpointed(x * Tensor<Double>.rand(3)) { $0.square() * Tensor<Double>.rand(3) }
      return inner + Tensor<Double>.rand(3) * x
    }
    let values = y.scalars
    _ = Tensor<Double>.rand(100)
    y.sum().backward()
    manualSeed(7)
    let (a, b, c) = (Tensor<Double>.rand(3), Tensor<Double>.rand(3), Tensor<Double>.rand(3))
    let z = x.detached()
    #expect(values == ((z * a).square() * b + c * z).scalars)
    for (got, want) in zip(x.grad!.scalars, (a * a * z * 2 * b + c).scalars) { #expect(abs(got - want) < 1e-12) }
  }

  @Test func chunkedJacobians() {
    let f = { (x: Tensor<Double>) in x.sin() * x.sum() }
    let x = Tensor<Double>([0.1, 0.2, 0.3, 0.4, 0.5])
    let whole = jacobian(of: f, at: x).scalars
    for chunk in 1...6 {
      for mode in [JacobianMode.forward, .reverse] {
        let got = jacobian(of: f, at: x, mode: mode, chunkSize: chunk).scalars
        #expect(zip(got, whole).allSatisfy { abs($0 - $1) < 1e-14 }, "chunks of \(chunk)")
      }
    }
    let xs = Tensor.stack([x, x * 2])
    let mapped = vmap { (x: Tensor<Double>) in jacobian(of: f, at: x, chunkSize: 2) }(xs)
    #expect(zip(mapped.scalars, whole).allSatisfy { abs($0 - $1) < 1e-14 })
    let curved = vmap { (x: Tensor<Double>) in hessian(of: { f($0).sum() }, at: x, chunkSize: 2) }(xs)
    let curvature = hessian(of: { f($0).sum() }, at: x).scalars
    #expect(zip(curved.scalars, curvature).allSatisfy { abs($0 - $1) < 1e-13 })
  }
}
