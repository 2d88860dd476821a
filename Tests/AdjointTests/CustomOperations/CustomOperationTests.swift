import Testing

@testable import Adjoint

/// x / (1 + |x|) with its derivative, in the forms that a user may choose.
private enum SoftSign {
  static let slope: CustomOperation<Double>.VectorJacobianProduct = { x, _, g in [g / (x[0].abs() + 1).square()] }

  static let composed = CustomOperation<Double>(
    "SoftSign", forward: { x in x[0] / (x[0].abs() + 1) }, vectorJacobianProduct: slope)
  static let both = CustomOperation<Double>(
    "SoftSign", forward: { x in x[0] / (x[0].abs() + 1) }, vectorJacobianProduct: slope,
    jacobianVectorProduct: { x, _, t in t[0]! / (x[0].abs() + 1).square() })
  static let loop = CustomOperation<Double>(
    "SoftSign", shape: { $0[0] }, elements: { x in x[0].map { $0 / (1 + abs($0)) } }, vectorJacobianProduct: slope)
  static let all = [composed, both, loop]

  static func plain(_ x: Tensor<Double>) -> Tensor<Double> { x / (x.abs() + 1) }
}

@Suite struct CustomOperationTests {
  private let x = Tensor<Double>([[-2, -0.5, 0.25], [1, 3, -0.75]])
  private let v = Tensor<Double>([[1, 2, -1], [0.5, -3, 1]])

  private func expectEqual(
    _ a: Tensor<Double>, _ b: Tensor<Double>, _ what: String, location: SourceLocation = #_sourceLocation
  ) {
    #expect(a.shape == b.shape, "\(what)", sourceLocation: location)
    let worst = zip(a.scalars, b.scalars).map { abs($0 - $1) }.max() ?? 0
    #expect(worst < 1e-12, "\(what): \(a) and \(b)", sourceLocation: location)
  }

  @Test(arguments: 0..<3) func derivesLikeItsFormula(form: Int) {
    let f = SoftSign.all[form]
    expectEqual(f(x), SoftSign.plain(x), "value")
    expectEqual(
      vjp(of: { f($0) }, at: x).pullback(v), vjp(of: { SoftSign.plain($0) }, at: x).pullback(v), "reverse")
    expectEqual(
      jvp(of: { f($0) }, at: x, along: v).tangent, jvp(of: { SoftSign.plain($0) }, at: x, along: v).tangent,
      "forward")
    expectEqual(jacobian(of: { f($0) }, at: x), jacobian(of: { SoftSign.plain($0) }, at: x), "Jacobian")
    expectEqual(
      jacobian(of: { f($0) }, at: x, mode: .forward), jacobian(of: { SoftSign.plain($0) }, at: x), "forward Jacobian")
    expectEqual(
      hessian(of: { f($0 * 2).sum() }, at: x), hessian(of: { SoftSign.plain($0 * 2).sum() }, at: x), "Hessian")
    expectEqual(vmap { f($0) * 2 }(x), SoftSign.plain(x) * 2, "vmap")
    let leaf = Tensor<Double>([1, -2], requiresGrad: true)
    (f(leaf) * 3).sum().backward()
    expectEqual(leaf.grad!, Tensor([0.75, 1.0 / 3]), "backward")
  }

  /// Without a forward rule, tangents of tangents know what the reverse rule captured, and rules may use the result.
  @Test func higherOrders() {
    typealias D = Tensor<Double>
    let square = CustomOperation<Double>(
      "Square", forward: { x in x[0] * x[0] }, vectorJacobianProduct: { x, _, g in [g * x[0] * 2] })
    let exponential = CustomOperation<Double>(
      "Exp", forward: { x in x[0].exp() }, vectorJacobianProduct: { _, y, g in [g * y] })
    func twice(_ f: @escaping (D) -> D, _ x: D) -> D {
      jvp(of: { jvp(of: f, at: $0, along: D(1)).tangent }, at: x, along: D(1)).tangent
    }
    #expect(twice({ square($0) }, D(3)).item() == 2)
    #expect(hvp(of: { square(square($0)) }, at: D(3), along: D(1)).item() == 108)
    #expect(grad(of: { hvp(of: { square(square($0)) }, at: $0, along: D(1)) })(D(3)).item() == 72)
    let e = 2.718281828459045
    for (name, found) in [
      ("jvp of jvp", twice({ exponential($0) }, D(1))), ("hessian", hessian(of: { exponential($0) }, at: D(1))),
      ("grad of grad", grad(of: { grad(of: { exponential($0) })($0) })(D(1))),
      ("grad of hvp", grad(of: { hvp(of: { exponential($0) }, at: $0, along: D(1)) })(D(1))),
      ("grad of jvp", grad(of: { jvp(of: { exponential($0) }, at: $0, along: D(1)).tangent })(D(1))),
    ] { #expect(abs(found.item() - e) < 1e-14, "\(name): \(found)") }
    #expect(grad(of: { (c: D) in jvp(of: { square($0 * c) }, at: D(3), along: D(1)).tangent })(D(2)).item() == 24)
  }

  @Test func severalOperandsAndZeros() {
    let scaled = CustomOperation<Double>(
      "Scaled", forward: { x in x[0] * x[1].sum() },
      vectorJacobianProduct: { x, _, g in [g * x[1].sum(), (g * x[0]).sum() * .ones(x[1].shape), nil] })
    let (a, b, c) = (Tensor<Double>([1, 2]), Tensor<Double>([3, 4, 5]), Tensor<Double>([6]))
    let (value, pullback) = vjp(of: { scaled([$0, $1, $2]) }, at: a, b, c)
    expectEqual(value, Tensor([12, 24]), "value")
    let (ga, gb, gc) = pullback(Tensor([1, 10]))
    expectEqual(ga, Tensor([12, 120]), "first")
    expectEqual(gb, Tensor([21, 21, 21]), "second")
    expectEqual(gc, Tensor([0]), "third")
  }

  @Test func straightThroughRounds() {
    let x = Tensor<Double>([0.2, 1.7, -0.6], requiresGrad: true)
    let y = straightThrough(x) { $0.round() }
    #expect(y.scalars == [0, 2, -1])
    (y * Tensor([1, 2, 3])).sum().backward()
    #expect(x.grad!.scalars == [1, 2, 3])
    #expect(
      jvp(of: { straightThrough($0) { $0.round() } }, at: x, along: Tensor([1, 0, 5])).tangent.scalars == [1, 0, 5])
  }

  @Test func gradientsStop() {
    let x = Tensor<Double>([2, 3], requiresGrad: true)
    (stopGradient(x) * x).sum().backward()
    #expect(x.grad!.scalars == [2, 3])
    #expect(jvp(of: { stopGradient($0 * 5) }, at: x, along: Tensor([1, 1])).tangent.scalars == [0, 0])
  }

  // MARK: Misuse

  private func expect(_ result: ExitTest.Result?, says text: String, location: SourceLocation = #_sourceLocation) {
    let message = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(message.contains(text), "expected “\(text)” in: \(message)", sourceLocation: location)
  }

  @Test func aGradientOfTheWrongShape() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let f = CustomOperation<Float>("Halves", forward: { $0[0] / 2 }, vectorJacobianProduct: { _, _, g in [g.sum()] })
      f(Tensor([1, 2], requiresGrad: true)).sum().backward()
    }
    expect(result, says: "Halves: its vectorJacobianProduct gave operand 0 of shape [2] a gradient of shape []")
  }

  @Test func tooManyGradients() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let f = CustomOperation<Float>("Halves", forward: { $0[0] / 2 }, vectorJacobianProduct: { _, _, g in [g, g] })
      f(Tensor([1, 2], requiresGrad: true)).sum().backward()
    }
    expect(result, says: "Halves: its vectorJacobianProduct gave 2 gradients for 1 operands")
  }

  @Test func aTangentOfTheWrongShape() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let f = CustomOperation<Float>(
        "Halves", forward: { $0[0] / 2 }, vectorJacobianProduct: { _, _, g in [g / 2] },
        jacobianVectorProduct: { _, _, t in t[0]!.sum() })
      _ = jvp(of: { f($0) }, at: Tensor([1, 2]), along: Tensor([1, 1])).tangent.scalars
    }
    expect(result, says: "Halves: its jacobianVectorProduct gave a result of shape [2] a tangent of shape []")
  }

  @Test func tooFewElements() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let f = CustomOperation<Float>(
        "Halves", shape: { $0[0] }, elements: { _ in [1] }, vectorJacobianProduct: { _, _, g in [g / 2] })
      _ = f(Tensor([1, 2])).scalars
    }
    expect(result, says: "Halves: its function gave 1 elements for a result of shape [2]")
  }

  @Test func noOperands() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let f = CustomOperation<Float>("Nothing", forward: { _ in 1 }, vectorJacobianProduct: { _, _, g in [g] })
      _ = f()
    }
    expect(result, says: "Nothing: called without operands")
  }

  @Test func aStraightThroughThatChangesTheShape() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = straightThrough(Tensor<Float>([1, 2])) { $0.sum() }
    }
    expect(result, says: "straightThrough: the function made shape [] of shape [2]")
  }
}
