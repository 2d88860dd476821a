import Testing

@testable import Adjoint

/// Each misuse of a transformation stops the process with a sentence that names the transformation.
@Suite struct TransformMisuseTests {
  private func expect(
    _ result: ExitTest.Result?, says parts: String..., location: SourceLocation = #_sourceLocation
  ) {
    let message = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    for part in parts {
      #expect(message.contains(part), "expected “\(part)” in: \(message)", sourceLocation: location)
    }
  }

  // MARK: Gradients

  @Test func gradOfAVector() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = grad(of: { (x: Tensor<Double>) in x * 2 })([1, 2])
    }
    expect(result, says: "grad: the function's value has shape [2]", "only a scalar has a gradient")
  }

  @Test func gradOfSeveralInputsOfAVector() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = grad(of: { (x: Tensor<Double>, y: Tensor<Double>) in x * y })([1, 2], [3, 4])
    }
    expect(result, says: "grad: the function's value has shape [2]")
  }

  @Test func valueAndGradOfAVector() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = valueAndGrad(of: { (x: Tensor<Double>) in x * 2 })([1, 2])
    }
    expect(result, says: "valueAndGrad: the function's value has shape [2]")
  }

  @Test func gradOfIntegers() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = grad(of: { (x: Tensor<Int>) in x.converted(to: Double.self).sum() })([1, 2])
    }
    expect(result, says: "grad: an input of shape [2] has elements of type", "floating-point inputs only")
  }

  // MARK: Products

  @Test func aCotangentOfTheWrongShape() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let (_, pullback) = vjp(of: { (x: Tensor<Double>) in x * 2 }, at: [1, 2])
      _ = pullback([1, 2, 3])
    }
    expect(result, says: "vjp: a cotangent of shape [3] for a value of shape [2]; the two must be equal")
  }

  @Test func tooFewCotangents() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let (_, pullback) = vjp(of: { (x: Tensor<Double>) in [x * 2, x * 3] }, at: [1, 2])
      _ = pullback([[1, 2]])
    }
    expect(result, says: "vjp: 1 tensors where 2 are expected, in the same arrangement")
  }

  @Test func aTangentOfTheWrongShape() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = jvp(of: { (x: Tensor<Double>) in x * 2 }, at: [1, 2], along: [1, 2, 3])
    }
    expect(result, says: "jvp: a tangent of shape [3] for an input of shape [2]; the two must be equal")
  }

  @Test func linearizeAlongTheWrongShape() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let (_, pushforward) = linearize(of: { (x: Tensor<Double>) in x * 2 }, at: [1, 2])
      _ = pushforward([[1, 2]])
    }
    expect(result, says: "linearize: a tangent of shape [1, 2] for an input of shape [2]")
  }

  @Test func linearTransposeOfTheWrongShape() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = linearTranspose(of: { (x: Tensor<Double>) in x * 2 }, like: [1, 2])([1])
    }
    expect(result, says: "linearTranspose: a cotangent of shape [1] for a value of shape [2]")
  }

  @Test func hvpAlongTheWrongShape() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = hvp(of: { (x: Tensor<Double>) in x.sum() }, at: [1, 2], along: [1])
    }
    expect(result, says: "hvp: a tangent of shape [1] for an input of shape [2]")
  }

  @Test func hvpOfAVector() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = hvp(of: { (x: Tensor<Double>) in x * x }, at: [1, 2], along: [1, 0])
    }
    expect(result, says: "hvp: the function's value has shape [2]; only a scalar has a gradient")
  }

  @Test func vhpAlongTheWrongShape() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = vhp(of: { (x: Tensor<Double>) in x.sum() }, at: [1, 2], along: [1])
    }
    expect(result, says: "vhp: a vector of shape [1] for an input of shape [2]")
  }

  // MARK: Matrices

  @Test func jacobianInEmptyChunks() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = jacobian(of: { (x: Tensor<Double>) in x * 2 }, at: [1, 2], chunkSize: 0)
    }
    expect(result, says: "jacobian: chunkSize is 0; it must be at least 1")
  }

  @Test func jacobiansInEmptyChunks() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = jacobians(of: { (x: [Tensor<Double>]) in x[0] * 2 }, at: [[1, 2]], chunkSize: -1)
    }
    expect(result, says: "jacobians: chunkSize is -1; it must be at least 1")
  }

  @Test func hessianOfAVector() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = hessian(of: { (x: Tensor<Double>) in x * x }, at: [1, 2])
    }
    expect(result, says: "hessian: the function's value has shape [2]")
  }

  @Test func hessianInEmptyChunks() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = hessian(of: { (x: Tensor<Double>) in x.sum() }, at: [1, 2], chunkSize: 0)
    }
    expect(result, says: "hessian: chunkSize is 0; it must be at least 1")
  }

  // MARK: Batches

  @Test func vmapOverAnAxisThatIsNot() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = vmap({ (x: Tensor<Double>) in x * 2 }, inAxis: 2)([[1, 2]])
    }
    expect(result, says: "vmap: axis 2", "[1, 2]")
  }

  @Test func vmapOverBatchesOfDifferentLengths() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = vmap { (a: Tensor<Double>, b: Tensor<Double>) in a * b }([1, 2], [1, 2, 3])
    }
    expect(result, says: "vmap: batches of 2 and 3 examples; all must have the same number")
  }

  @Test func vmapOverNothing() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let nothing: Tensor<Double>? = nil
      _ = vmap { (x: Tensor<Double>?) in x }(nothing)
    }
    expect(result, says: "vmap: no tensors to map over; at least one is needed")
  }

  @Test func vmapWithTheWrongNumberOfAxes() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = vmap({ (a: Tensor<Double>, b: Tensor<Double>) in a * b }, inAxes: [0])([1, 2], [1, 2])
    }
    expect(result, says: "vmap: inAxes has 1 entries for 2 inputs; there must be one for each")
  }

  @Test func readingAnElementInsideVmap() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = vmap { (x: Tensor<Double>) in x.item() > 0 ? x : -x }([1, 2])
    }
    expect(result, says: "vmap: the function", "inside vmap there are only shapes")
  }
}
