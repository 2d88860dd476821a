import Testing

@testable import Adjoint

/// The numbers of PyTorch's autograd tutorial.
@Suite struct TutorialTests {
  let x = Tensor<Double>([-0.9484, 0.2716, 0.3606], requiresGrad: true)

  private func expect(_ tensor: Tensor<Double>, _ expected: [Double], _ tolerance: Double = 5e-5) {
    let got = tensor.scalars
    #expect(got.count == expected.count)
    for (g, e) in zip(got, expected) { #expect(abs(g - e) <= tolerance, "got \(got), expected \(expected)") }
  }

  @Test func meanAndVectorProductAccumulate() {
    let y = x + 2
    expect(y, [1.0516, 2.2716, 2.3606])
    let z = y * y * 2
    expect(z, [2.2117, 10.3203, 11.1449])
    let mean = z.mean()
    expect(mean, [7.8923])
    mean.backward()
    expect(x.grad!, [1.4021, 3.0288, 3.1475])
    let zz = y * y * 2
    zz.backward(Tensor([0.1, 1.0, 0.001]))
    expect(x.grad!, [1.8228, 12.1152, 3.1569])
  }

  @Test func weights() {
    let weights = Tensor<Double>.ones(4, requiresGrad: true)
    for step in 1...3 {
      (weights * 3).sum().backward()
      expect(weights.grad!, Array(repeating: Double(3 * step), count: 4))
    }
    for _ in 1...3 {
      weights.zeroGrad()
      (weights * 3).sum().backward()
      expect(weights.grad!, [3, 3, 3, 3])
    }
  }

  @Test func network() {
    let w = Tensor<Double>([[0.1, 0.2], [0.3, -0.4], [0.5, 0.6]] as [[Double]])
    let v = Tensor<Double>([1, 2], requiresGrad: true)
    let h = w.matmul(v).tanh()
    let loss = crossEntropy(h.reshaped(1, 3), Tensor<Int>([2]))
    loss.backward()
    print(loss.item(), v.grad!.scalars)
  }

  @Test func longChain() {
    let a = Tensor<Double>([1, 2, 3], requiresGrad: true)
    var y = a
    for _ in 0..<20_000 { y = y + 0.5 }
    y.sum().backward()
    expect(a.grad!, [1, 1, 1])
    expect(y, [10001, 10002, 10003])
  }

  @Test func rows() {
    let a = Tensor<Double>.arange(0, 12).reshaped(3, 4)
    expect(a.softmax(axis: 1).sum(axis: 1), [1, 1, 1])
    expect(a.sum(axis: 0), [12, 15, 18, 21])
    expect(a.sum(axis: 1), [6, 22, 38])
    expect(a.transposed().sum(axis: 0), [6, 22, 38])
    expect(a.logSumExp(axis: 0), [8.018479, 9.018479, 10.018479, 11.018479], 1e-5)
    expect(Tensor<Double>.ones(20000).sum(), [20000])
    expect((Tensor<Double>.ones(20000) * 2).mean() * 3, [6])
  }
}

extension Tensor {
  fileprivate init(_ rows: [[Scalar]]) { self.init(rows.flatMap { $0 }, shape: [rows.count, rows[0].count]) }
}
