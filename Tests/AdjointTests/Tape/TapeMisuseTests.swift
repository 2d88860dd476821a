import Testing

@testable import Adjoint

/// Each misuse of the tape stops the process with a sentence of its own.
@Suite struct TapeMisuseTests {
  private func expect(
    _ result: ExitTest.Result?, says parts: String..., location: SourceLocation = #_sourceLocation
  ) {
    let message = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    for part in parts {
      #expect(message.contains(part), "expected “\(part)” in: \(message)", sourceLocation: location)
    }
  }

  // MARK: Gradients as values

  @Test func anUnusedInput() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let x = Tensor<Float>([1, 2, 3], requiresGrad: true)
      let other = Tensor<Float>([1, 2], requiresGrad: true)
      _ = gradients(of: x.sum(), withRespectTo: [x, other])
    }
    expect(result, says: "gradients: input 1 of shape [2] is not part of", "allowUnused: true")
  }

  @Test func anUntrackedInput() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let x = Tensor<Float>([1, 2, 3], requiresGrad: true)
      _ = gradients(of: x.sum(), withRespectTo: [Tensor([1, 2])])
    }
    expect(result, says: "gradients: input 0 of shape [2] does not require a gradient")
  }

  @Test func anUntrackedOutput() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let x = Tensor<Float>([1, 2, 3], requiresGrad: true)
      _ = gradients(of: Tensor([1]), withRespectTo: [x])
    }
    expect(result, says: "gradients: this tensor does not require a gradient")
  }

  @Test func aReleasedOutput() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let x = Tensor<Float>([1, 2, 3], requiresGrad: true)
      let y = x.sum()
      _ = gradients(of: y, withRespectTo: [x])
      _ = gradients(of: y, withRespectTo: [x])
    }
    expect(result, says: "gradients: the graph of this tensor was released", "retainGraph: true")
  }

  @Test func anOutputThatIsNoScalar() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let x = Tensor<Float>([1, 2, 3], requiresGrad: true)
      _ = gradients(of: [x.sum(), x * 2], withRespectTo: [x])
    }
    expect(result, says: "gradients: output 1 has shape [3]", "sum(), mean()")
  }

  @Test func gradientsThatDoNotFit() async {
    let shape = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let x = Tensor<Float>([1, 2, 3], requiresGrad: true)
      _ = gradients(of: x * 2, withRespectTo: [x], gradient: [1, 2])
    }
    expect(shape, says: "gradients: the gradient has shape [2] and output 0 has shape [3]; the two must be equal")
    let count = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let x = Tensor<Float>([1, 2, 3], requiresGrad: true)
      _ = gradients(of: [x.sum(), x.sum()], withRespectTo: [x], gradient: [nil])
    }
    expect(count, says: "gradients: 1 gradients for 2 outputs")
  }

  @Test func nothingToDifferentiate() async {
    let inputs = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = gradients(of: Tensor<Float>([1], requiresGrad: true), withRespectTo: [])
    }
    expect(inputs, says: "gradients: there are no inputs")
    let outputs = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = gradients(of: [Tensor<Float>](), withRespectTo: [Tensor<Float>([1], requiresGrad: true)])
    }
    expect(outputs, says: "gradients: there are no outputs")
    let backward = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      Tensor<Float>([1], requiresGrad: true).sum().backward(inputs: [])
    }
    expect(backward, says: "backward: inputs is empty")
  }

  // MARK: Hooks

  @Test func aHookOnAnUntrackedTensor() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      Tensor<Float>([1, 2]).registerHook { $0 * 2 }
    }
    expect(result, says: "registerHook: this tensor does not require a gradient", "set requiresGrad")
  }

  @Test func aReplacementOfTheWrongShape() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let y = Tensor<Float>([1, 2], requiresGrad: true) * 2
      y.registerHook { $0.sum() }
      y.sum().backward()
    }
    expect(result, says: "registerHook: a hook replaces the gradient of Multiply by one of shape []", "shape [2]")
  }

  @Test func aPostAccumulateHookOnAResult() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let y = Tensor<Float>([1, 2], requiresGrad: true) * 2
      y.registerPostAccumulateGradHook { _ in }
    }
    expect(result, says: "registerPostAccumulateGradHook: this tensor is the result of Multiply", "registerHook")
    let untracked = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      Tensor<Float>([1, 2]).registerPostAccumulateGradHook { _ in }
    }
    expect(untracked, says: "registerPostAccumulateGradHook: this leaf does not require a gradient")
  }

  // MARK: Plans

  @Test func explainingABackwardThatIsNone() async {
    let untracked = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Float>([1, 2]).sum().explainBackward()
    }
    expect(untracked, says: "explainBackward: this tensor does not require a gradient")
    let many = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = (Tensor<Float>([1, 2], requiresGrad: true) * 2).explainBackward()
    }
    expect(many, says: "explainBackward: the tensor has shape [2]", "explainBackward(gradient)")
    let shape = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = (Tensor<Float>([1, 2], requiresGrad: true) * 2).explainBackward([1])
    }
    expect(shape, says: "explainBackward: the gradient has shape [1] and the tensor has shape [2]")
  }
}
