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

  /// What is read inside a function that has values is a constant.
  @Test func readingElements() {
    typealias D = Tensor<Double>
    let x = D([1, 2])
    let scaled = { (x: D) in x * x.scalars[1] }
    #expect(jacobian(of: scaled, at: x).scalars == [2, 0, 0, 2])
    #expect(jacobian(of: scaled, at: x, mode: .forward, chunkSize: 1).scalars == [2, 0, 0, 2])
    #expect(jvp(of: scaled, at: x, along: x).tangent.scalars == [2, 4])
    #expect(vjp(of: scaled, at: x).pullback(x).scalars == [2, 4])
    #expect(grad(of: { (scaled($0) * $0).sum() })(x).scalars == [4, 8])
    #expect(hessian(of: { (scaled($0) * $0).sum() }, at: x).scalars == [4, 0, 0, 4])
    #expect(hvp(of: { ($0 * $0 * $0.sum().item()).sum() }, at: x, along: x).scalars == [6, 12])
    #expect(vhp(of: { ($0 * $0 * $0.sum().item()).sum() }, at: x, along: x).scalars == [6, 12])
    #expect(grad(of: { y in grad(of: { ($0 * y * y.item()).sum() })(y).sum() })(D(3)).item() == 3)
    #expect(linearTranspose(of: { $0 * $0.scalars[1] }, like: x)(x).scalars == [2, 4])
    #expect(checkpointed(x, scaled).scalars == [2, 4])
    #expect(jacobian(of: { D($0.scalars) }, at: x).scalars == [0, 0, 0, 0])
  }

  @Test func vhpInsideNoGrad() {
    let cube = { (x: Tensor<Double>) in x * x * x }
    let (x, v) = (Tensor<Double>(2), Tensor<Double>(1))
    #expect(noGrad { vhp(of: cube, at: x, along: v) }.item() == 12)
    #expect(noGrad { hvp(of: cube, at: x, along: v) }.item() == 12)
    #expect(noGrad { hessian(of: cube, at: x) }.item() == 12)
    #expect(noGrad { grad(of: grad(of: cube))(x) }.item() == 12)
  }

  /// A backward() inside a function releases no graph that the function's own derivative goes through.
  @Test func backwardInsideAFunction() {
    typealias D = Tensor<Double>
    let f = { (x: D) -> D in
      let w = D(3, requiresGrad: true)
      let y = x * x * w
      y.backward()
      return y * w.grad!
    }
    #expect(grad(of: f)(D(2)).item() == 48)
    #expect(hvp(of: f, at: D(2), along: D(1)).item() == 24)
    let g = { (x: D) -> D in
      let w = D(3, requiresGrad: true)
      let y = x * x * w
      return y * gradients(of: y, withRespectTo: [w])[0].item()
    }
    #expect(grad(of: g)(D(2)).item() == 48)
  }

  @Test func readingACotangentOfAJacobian() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let operation = CustomOperation<Double>(
        "Scale", forward: { $0[0] * 2 }, vectorJacobianProduct: { _, _, g in [g * (g.scalars[0] > 0 ? 2 : 2)] })
      _ = jacobian(of: { operation($0) }, at: Tensor<Double>([1, 2]), mode: .reverse)
    }
    expect(result, says: "tangents and cotangents of a Jacobian")
  }

  @Test func readingAnElementInsideVmap() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = vmap { (x: Tensor<Double>) in x.item() > 0 ? x : -x }([1, 2])
    }
    expect(result, says: "vmap: the function", "inside vmap there are only shapes")
  }
}
