import Testing

@testable import Adjoint

/// Each misuse stops the process with a sentence of its own.
@Suite struct MisuseTests {
  private func expect(
    _ result: ExitTest.Result?, says parts: String..., location: SourceLocation = #_sourceLocation
  ) {
    let message = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    for part in parts {
      #expect(message.contains(part), "expected “\(part)” in: \(message)", sourceLocation: location)
    }
  }

  // MARK: Backward

  @Test func backwardOfANonScalar() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let x = Tensor<Float>([1, 2, 3], requiresGrad: true)
      (x * 2).backward()
    }
    expect(result, says: "backward: the tensor has shape [3]", "sum(), mean()", "backward(gradient)")
  }

  @Test func backwardOfAnUntrackedTensor() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      (Tensor<Float>([1, 2, 3]) * 2).sum().backward()
    }
    expect(result, says: "backward: this tensor does not require a gradient", "requiresGrad: true", "noGrad")
  }

  @Test func backwardOfWhatNoGradMade() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let x = Tensor<Float>([1, 2, 3], requiresGrad: true)
      noGrad { x.sum() }.backward()
    }
    expect(result, says: "backward: this tensor does not require a gradient", "outside noGrad")
  }

  @Test func aGradientOfTheWrongShape() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let x = Tensor<Float>([1, 2, 3], requiresGrad: true)
      (x * 2).backward(Tensor([1, 2]))
    }
    expect(result, says: "backward: the gradient has shape [2] and the tensor has shape [3]; the two must be equal")
  }

  @Test func aSecondBackward() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let x = Tensor<Float>([1, 2, 3], requiresGrad: true)
      let loss = (x * x).sum()
      loss.backward()
      loss.backward()
    }
    expect(result, says: "backward: the graph of this tensor was released", "retainGraph: true")
  }

  @Test func backwardOfWhatWasMadeFromAReleasedGraph() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let x = Tensor<Float>([1, 2, 3], requiresGrad: true)
      let loss = (x * x).sum()
      loss.backward()
      (loss * 2).backward()
    }
    expect(result, says: "backward: the graph of this tensor was released", "retainGraph: true")
  }

  @Test func anInputThatIsNotTracked() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let x = Tensor<Float>([1, 2, 3], requiresGrad: true)
      (x * x).sum().backward(inputs: [Tensor([1, 2])])
    }
    expect(result, says: "backward: an input of shape [2] does not require a gradient")
  }

  // MARK: Leaves

  @Test func requiresGradOfANonLeaf() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let y = Tensor<Float>([1, 2, 3], requiresGrad: true) * 2
      y.requiresGrad = false
    }
    expect(result, says: "requiresGrad: only leaves can be changed", "Multiply", "detached()")
  }

  @Test func anUpdateInPlaceWhileTracking() async {
    let assigned = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      Tensor<Float>([1, 2, 3], requiresGrad: true).assign(Tensor([4, 5, 6]))
    }
    expect(assigned, says: "assign: a leaf that requires a gradient is updated in place", "noGrad { }")
    let subtracted = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var x = Tensor<Float>([1, 2, 3], requiresGrad: true)
      x -= 1
    }
    expect(subtracted, says: "a leaf that requires a gradient is updated in place", "noGrad { }")
  }

  @Test func anUpdateOfAResult() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let y = Tensor<Float>([1, 2, 3], requiresGrad: true) * 2
      noGrad { y.assign(Tensor([4, 5, 6])) }
    }
    expect(result, says: "assign: this tensor is the result of Multiply; only a leaf can be updated in place")
  }

  @Test func anUpdateOfTheWrongShape() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let x = Tensor<Float>([1, 2, 3], requiresGrad: true)
      noGrad { x.assign(Tensor([1, 2])) }
    }
    expect(result, says: "assign: shape [2] does not broadcast to the leaf's shape [3]")
  }

  @Test func gradOfANonLeaf() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let y = Tensor<Float>([1, 2, 3], requiresGrad: true) * 2
      y.sum().backward()
      print(y.grad as Any)
    }
    expect(result, says: "grad: this tensor is the result of Multiply", "retainGrad()")
  }

  @Test func aGradOfTheWrongShape() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      Tensor<Float>([1, 2, 3], requiresGrad: true).grad = Tensor([1, 2])
    }
    expect(result, says: "grad: a gradient of shape [2] for a tensor of shape [3]")
  }

  @Test func retainGradOfAnUntrackedTensor() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      Tensor<Float>([1, 2, 3]).retainGrad()
    }
    expect(result, says: "retainGrad: this tensor does not require a gradient")
  }

  // MARK: Elements and shapes

  @Test func itemOfMany() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Float>([1, 2, 3]).item()
    }
    expect(result, says: "item: the tensor has shape [3], 3 elements", "scalars")
  }

  @Test func shapesThatDoNotBroadcast() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Float>([1, 2, 3]) + Tensor<Float>([1, 2])
    }
    expect(result, says: "[3]", "[2]")
  }

  @Test func elementsThatDoNotFillAShape() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Float>([1, 2, 3], shape: [2, 2])
    }
    expect(result, says: "Tensor: 3 elements for shape [2, 2]")
  }

  @Test func aRaggedLiteral() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let x: Tensor<Float> = [[1, 2], [3]]
      print(x)
    }
    expect(result, says: "Tensor: element 1 of an array literal has shape [1] and element 0 has [2]")
  }

  // MARK: SGD

  @Test func optionsOutOfRange() async {
    let rate = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = SGD([Tensor<Float>([1], requiresGrad: true)], learningRate: -0.1)
    }
    expect(rate, says: "SGD: learningRate is -0.1; it must be at least 0")
    let notANumber = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = SGD([Tensor<Float>([1], requiresGrad: true)], learningRate: .nan)
    }
    expect(notANumber, says: "SGD: learningRate is nan")
    let momentum = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = SGD([Tensor<Float>([1], requiresGrad: true)], momentum: -1)
    }
    expect(momentum, says: "SGD: momentum is -1.0; it must be at least 0")
    let decay = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = SGD([Tensor<Float>([1], requiresGrad: true)], weightDecay: -1)
    }
    expect(decay, says: "SGD: weightDecay is -1.0; it must be at least 0")
    let dampening = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = SGD([Tensor<Float>([1], requiresGrad: true)], dampening: .infinity)
    }
    expect(dampening, says: "SGD: dampening is inf; it must be finite")
    let nesterov = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = SGD([Tensor<Float>([1], requiresGrad: true)], momentum: 0.9, dampening: 0.1, nesterov: true)
    }
    expect(nesterov, says: "SGD: nesterov with momentum 0.9 and dampening 0.1", "no dampening")
  }

  @Test func aRateThatTurnsNegativeLater() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let optimizer = SGD([Tensor<Float>([1], requiresGrad: true)], learningRate: 0.1)
      optimizer.learningRate = -1
    }
    expect(result, says: "SGD: learningRate is -1.0")
  }

  @Test func parametersThatCannotBeTrained() async {
    let repeated = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let x = Tensor<Float>([1, 2], requiresGrad: true)
      _ = SGD([SGD.Group([x], SGDOptions()), SGD.Group([x], SGDOptions())])
    }
    expect(repeated, says: "SGD: parameter 0 of group 1 with shape [2] occurs twice")
    let nonLeaf = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = SGD([Tensor<Float>([1, 2], requiresGrad: true) * 2])
    }
    expect(nonLeaf, says: "SGD: parameter 0 of group 0 with shape [2] is not a leaf", "requiresGrad: true")
    let untracked = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = SGD([Tensor<Float>([1, 2])])
    }
    expect(untracked, says: "SGD: parameter 0 of group 0 with shape [2] is not a leaf that requires a gradient")
    let none = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = SGD([Tensor<Float>]())
    }
    expect(none, says: "SGD: no parameters")
  }

  @Test func groupsWithOtherParameters() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let optimizer = SGD([Tensor<Float>([1], requiresGrad: true)])
      optimizer.groups = [SGD.Group([Tensor([1], requiresGrad: true)], SGDOptions())]
    }
    expect(result, says: "SGD: the parameters of its groups cannot be changed")
  }

  @Test func aStateOfAnotherOptimizer() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let optimizer = SGD([Tensor<Float>([1], requiresGrad: true)])
      let other = SGD([Tensor<Float>([1], requiresGrad: true), Tensor([1, 2], requiresGrad: true)])
      optimizer.restore(other.state)
    }
    expect(result, says: "SGD: the state to restore has other groups, shapes or types")
  }
}
