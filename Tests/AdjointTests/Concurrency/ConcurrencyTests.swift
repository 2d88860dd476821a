import Testing

@testable import Adjoint

/// A model that an actor owns: its parameters are reached through the actor alone.
private actor Regression {
  private let weights = Tensor<Double>.zeros(2, requiresGrad: true)
  private let optimizer: SGD

  init() { optimizer = SGD([weights], learningRate: 0.1) }

  func train(on x: Tensor<Double>, _ y: Tensor<Double>) -> Double {
    optimizer.zeroGrad()
    let loss = meanSquaredError(x.matmul(weights), y)
    loss.backward()
    optimizer.step()
    return loss.item()
  }

  var parameters: [Double] { weights.scalars }
}

private func loss(_ x: Tensor<Double>) async -> Tensor<Double> {
  let y = x.sin()
  await Task.yield()
  return (y * x).sum()
}

@Suite struct ConcurrencyTests {
  @Test func aGraphGoesThroughSuspensions() async {
    let x = Tensor<Double>([0.5, -1, 2], requiresGrad: true)
    await loss(x).backward()
    for (g, x) in zip(x.grad!.scalars, x.scalars) {
      let expected = Tensor<Double>([x]).cos().item() * x + Tensor<Double>([x]).sin().item()
      #expect(abs(g - expected) < 1e-12)
    }
  }

  @Test func noGradHoldsAcrossSuspensionsAndStaysInItsTask() async {
    let x = Tensor<Double>([1, 2], requiresGrad: true)
    await noGrad {
      let before = await loss(x)
      #expect(!before.requiresGrad && !isGradEnabled)
      async let child = loss(x)
      #expect(await !child.requiresGrad, "a child task inherits the mode")
      let other = await Task.detached { (await loss(x).requiresGrad, isGradEnabled) }.value
      #expect(other == (true, true), "a detached task does not")
    }
    #expect(isGradEnabled)
  }

  @Test func aTaskGroupDifferentiatesInParallel() async {
    let points = (0..<64).map { Tensor<Double>([Double($0) / 10, -1]) }
    let expected = points.map { x in grad(of: { ($0 * $0 * $0).sum() })(x).scalars }
    let found = await withTaskGroup(of: (Int, [Double]).self) { group in
      for (index, x) in points.enumerated() {
        group.addTask { (index, grad(of: { ($0 * $0 * $0).sum() })(x).scalars) }
      }
      var found = Array(repeating: [Double](), count: points.count)
      for await (index, gradient) in group { found[index] = gradient }
      return found
    }
    #expect(found == expected)
  }

  @Test func tasksThatShareALeafLoseNoContribution() async {
    let shared = Tensor<Double>.ones(100, requiresGrad: true)
    await withTaskGroup(of: Void.self) { group in
      for index in 1...50 { group.addTask { (shared * Double(index)).sum().backward() } }
    }
    #expect(shared.grad!.scalars == Array(repeating: 1275, count: 100))
  }

  @Test func anActorOwnsAModel() async {
    let model = Regression()
    let x = Tensor<Double>([[1, 0], [0, 1], [1, 1], [2, -1]])
    let y = x.matmul(Tensor([3, -2]))
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<8 { group.addTask { for _ in 0..<100 { _ = await model.train(on: x, y) } } }
    }
    let parameters = await model.parameters
    #expect(abs(parameters[0] - 3) < 1e-6 && abs(parameters[1] + 2) < 1e-6, "\(parameters)")
  }
}
