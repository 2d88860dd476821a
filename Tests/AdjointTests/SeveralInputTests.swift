import Testing

@testable import Adjoint

/// Transformations of functions of several inputs, and of arrangements of tensors.
@Suite struct SeveralInputTests {
  let a = Tensor<Double>([0.3, -0.7, 1.1])
  let b = Tensor<Double>([[0.5, 0.2, -0.4], [1.5, -0.6, 0.9]])

  private func isNear(_ x: Tensor<Double>, _ y: Tensor<Double>) -> Bool {
    x.shape == y.shape && zip(x.scalars, y.scalars).allSatisfy { abs($0 - $1) < 1e-12 }
  }

  @Test func jacobiansAreThoseByOneInputAtATime() {
    func f(_ a: Tensor<Double>, _ b: Tensor<Double>) -> Tensor<Double> { b.matmul(a.sin()).tanh() * a.sum() }
    let (byA, byB) = jacobians(of: f, at: a, b)
    #expect(isNear(byA, jacobian(of: { f($0, b) }, at: a)))
    #expect(isNear(byB, jacobian(of: { f(a, $0) }, at: b)))
    #expect(byB.shape == [2, 2, 3])
    for chunkSize in [1, 2, 5] {
      let (partsA, partsB) = jacobians(of: f, at: a, b, chunkSize: chunkSize)
      #expect(isNear(byA, partsA) && isNear(byB, partsB))
    }
    let tree = jacobians(of: { (p: [String: Tensor<Double>]) in f(p["a"]!, p["b"]!) }, at: ["a": a, "b": b])
    #expect(isNear(tree["a"]!, byA) && isNear(tree["b"]!, byB))
  }

  @Test func anInputThatIsNotUsedHasAJacobianOfZeros() {
    let parts = jacobians(of: { (x: [Tensor<Double>]) in x[0] * 2 }, at: [a, b])
    #expect(isNear(parts[0], Tensor.eye(3) * 2))
    #expect(isNear(parts[1], Tensor.zeros(3, 2, 3)))
  }

  @Test func jacobiansOfScalarsAndOfNothing() {
    let (byA, byB) = jacobians(of: { (x: Tensor<Double>, y: Tensor<Double>) in (x * y).sum() }, at: a, b)
    #expect(byA.shape == [3] && byB.shape == [2, 3])
    #expect(isNear(byA, b.sum(axis: 0)))
    let empty = jacobians(of: { (x: [Tensor<Double>]) in x[0][0..<0] * x[1][0] }, at: [a, a])
    #expect(empty.map(\.shape) == [[0, 3], [0, 3]])
  }

  @Test func jacobiansAreDifferentiable() {
    // Σ of ∂(a²·c)/∂a is 2·a·c summed: its gradient by a is 2·c.
    let c = Tensor<Double>([2, 3, 5])
    let slope = grad(of: { (x: Tensor<Double>) in
      let (byX, _) = jacobians(of: { x, y in x * x * y }, at: x, c)
      return byX.sum()
    })(a)
    #expect(isNear(slope, c * 2))
  }

  @Test func vmapOverSeveralInputs() {
    let xs = Tensor<Double>.arange(12).reshaped(4, 3)
    let ys = Tensor<Double>.arange(12).reshaped(3, 4) * 0.1
    let loop = (0..<4).map { (xs[$0] * ys[0..., $0]).sum().item() + a.sum().item() }
    let mapped = vmap(
      { (x: Tensor<Double>, y: Tensor<Double>, shared: Tensor<Double>) in (x * y).sum() + shared.sum() },
      inAxes: [0, 1, nil])
    #expect(isNear(mapped(xs, ys, a), Tensor(loop)))
    let products = vmap { (x: Tensor<Double>, y: Tensor<Double>) in x * y }
    #expect(isNear(products(xs, xs), xs * xs))
  }

  @Test func vmapOfAGradientBySeveralInputs() {
    let xs = Tensor<Double>.arange(6).reshaped(2, 3)
    let gradients = vmap(
      { (x: Tensor<Double>, w: Tensor<Double>) in grad(of: { ($0 * w).sin().sum() })(x) }, inAxes: [0, nil])
    #expect(isNear(gradients(xs, a), (xs * a).cos() * a))
  }

  @Test func aSharedInputIsStillDifferentiated() {
    let w = Tensor<Double>(a, requiresGrad: true)
    let xs = Tensor<Double>.arange(6).reshaped(2, 3)
    let rows = vmap({ (x: Tensor<Double>, w: Tensor<Double>) in x * w }, inAxes: [0, nil])
    rows(xs, w).sum().backward()
    #expect(isNear(w.grad!, xs.sum(axis: 0)))
  }
}
