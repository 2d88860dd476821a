import Testing

@testable import Adjoint

@Suite struct TransformTests {
  let w1 = Tensor<Double>.full([4, 3], 0.3) * Tensor<Double>.arange(0, 12).reshaped(4, 3).exp().log() - 0.8
  let w2 = Tensor<Double>.full([2, 4], 0.2) * Tensor<Double>.arange(0, 8).reshaped(2, 4) - 0.5
  let v = Tensor<Double>([0.3, -0.4, 0.9])

  func network(_ x: Tensor<Double>) -> Tensor<Double> { w2.matmul(w1.matmul(x).tanh()).tanh() }

  private func close(_ a: Tensor<Double>, _ b: Tensor<Double>, _ tolerance: Double = 1e-9) -> Bool {
    a.shape == b.shape && zip(a.scalars, b.scalars).allSatisfy { abs($0 - $1) <= tolerance }
  }

  @Test func thirdDerivative() {
    let f = { (x: Tensor<Double>) in (x.exp() * x.tanh()).sum() }
    let x = Tensor<Double>([0.3, -0.7])
    let third = grad(of: { x in grad(of: { x in grad(of: f)(x).sum() })(x).sum() })(x)
    let h = 1e-3
    func second(_ d: Double) -> Tensor<Double> { grad(of: { x in grad(of: f)(x).sum() })(x + d) }
    #expect(close(third, (second(h) - second(-h)) / (2 * h), 1e-5))
    #expect(!third.requiresGrad)
  }

  @Test func jacobians() {
    let reverse = jacobian(of: network, at: v, mode: .reverse)
    let forward = jacobian(of: network, at: v, mode: .forward)
    #expect(reverse.shape == [2, 3])
    #expect(close(reverse, forward))
    let h = w1.matmul(v).tanh()
    let y = w2.matmul(h).tanh()
    let explicit = (1 - y * y).reshaped(2, 1) * w2.matmul((1 - h * h).reshaped(4, 1) * w1)
    #expect(close(reverse, explicit))
    #expect(close(jacobian(of: network, at: v, mode: .reverse, chunkSize: 1), explicit))
    #expect(close(jacobian(of: network, at: v, mode: .forward, chunkSize: 2), explicit))
    let t = Tensor<Double>([1, 2, -1])
    #expect(close(jvp(of: network, at: v, along: t).tangent, explicit.matmul(t)))
    let g = Tensor<Double>([0.5, -2])
    #expect(close(vjp(of: network, at: v).pullback(g), g.matmul(explicit)))
  }

  @Test func hessians() {
    let f = { (x: Tensor<Double>) in self.network(x).square().sum() }
    let h = hessian(of: f, at: v)
    #expect(h.shape == [3, 3])
    let t = Tensor<Double>([1, 2, -1])
    #expect(close(hvp(of: f, at: v, along: t), h.matmul(t)))
    #expect(close(vhp(of: f, at: v, along: t), h.matmul(t)))
    let d = 1e-5
    let step = t * d
    let difference = (grad(of: f)(v + step) - grad(of: f)(v - step)) / (2 * d)
    #expect(close(difference, h.matmul(t), 1e-7))
  }

  @Test func diagonalOfAnElementwiseFunction() {
    let x = Tensor<Double>([-0.9484, 0.2716, 0.3606])
    let f = { (x: Tensor<Double>) in (x + 2) * (x + 2) * 2 }
    #expect(close(jacobianDiagonal(of: f, at: x)!, 4 * (x + 2)))
    #expect(jacobianDiagonal(of: { $0 * $0.sum() }, at: x) == nil)
    #expect(close(jacobian(of: f, at: x), Tensor.eye(3) * (4 * (x + 2))))
  }

  @Test func mapOverABatch() {
    let xs = Tensor<Double>.arange(0, 6).reshaped(2, 3) * 0.1
    let each = vmap { (x: Tensor<Double>) in self.network(x) }(xs)
    #expect(close(each, Tensor.stack([network(xs.select(axis: 0, index: 0)), network(xs.select(axis: 0, index: 1))])))
    let gradients = vmap(grad(of: { (x: Tensor<Double>) in self.network(x).softmax(axis: 0).square().sum() }))(xs)
    let one = grad(of: { (x: Tensor<Double>) in self.network(x).softmax(axis: 0).square().sum() })(
      xs.select(axis: 0, index: 1))
    #expect(close(gradients.select(axis: 0, index: 1), one))
  }
}
