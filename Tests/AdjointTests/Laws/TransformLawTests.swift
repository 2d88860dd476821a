import AdjointKernels
import Testing

@testable import Adjoint

/// What holds for every transformation of every operation, on every smooth sample of the catalogue.
@Suite struct TransformLawTests {
  /// A trial as a function of its first input that gradients flow to; the others stay as drawn.
  private struct Function {
    let sample: Sample
    let inputs: [Expression]
    let place: Int
    /// Which of the sample's outputs, the first that has a derivative.
    let output: Int

    init?(_ trial: Trial) {
      sample = trial.sample
      let draw = Draw(trial)
      inputs = draw.leaves(.float64)
      guard let place = draw.types.firstIndex(where: { $0 == nil }), draw.shapes[place].elementCount > 0 else {
        return nil
      }
      self.place = place
      guard
        let output = sample.body(inputs).firstIndex(where: {
          $0.type == .float64 && $0.node != nil && $0.shape.elementCount > 0 && $0.node!.tracking == .tracked
        })
      else { return nil }
      self.output = output
    }

    var point: Tensor<Double> { Tensor(inputs[place]).detached() }

    func callAsFunction(_ x: Tensor<Double>) -> Tensor<Double> {
      var all = inputs.map { $0.detached() }
      all[place] = x.expression
      return Tensor(sample.body(all)[output])
    }
  }

  @Test(arguments: Trial.smooth) func jacobiansOfBothModesAgree(_ trial: Trial) {
    guard let f = Function(trial) else { return }
    let forward = jacobian(of: { f($0) }, at: f.point, mode: .forward)
    let reverse = jacobian(of: { f($0) }, at: f.point, mode: .reverse)
    #expect(forward.shape == reverse.shape, "\(trial)")
    expectClose(forward.scalars, reverse.scalars, 1e-10, 1e-11, "\(trial): Jacobians", isFinite: true)
  }

  @Test(arguments: Trial.smooth) func hvpIsTheHessianTimesTheVector(_ trial: Trial) {
    guard let f = Function(trial), f.point.count <= 30 else { return }
    let v = Tensor<Double>(Draw.directions([f.point.shape], seed: trial.seed)[0], shape: f.point.shape)
    let n = f.point.count
    let matrix = hessian(of: { f($0).sum() }, at: f.point).reshaped(n, n)
    let expected = matrix.matmul(v.reshaped(n)).scalars
    for (name, got) in [
      ("hvp", hvp(of: { f($0).sum() }, at: f.point, along: v)),
      ("vhp", vhp(of: { f($0).sum() }, at: f.point, along: v)),
    ] {
      expectClose(got.scalars, expected, 1e-9, 1e-9, "\(trial): \(name)", isFinite: true)
    }
  }

  /// What is computed at the call, because it may fail, refuses to be mapped.
  private static let eager: Set<String> = [
    "Cholesky", "QR", "CompleteQR", "SVD", "Eigh", "Eig", "Solve", "LU", "LeastSquares", "Inverse", "PseudoInverse",
    "SingularValues", "TriangularSolve",
  ]

  @Test(arguments: Trial.smooth.filter { !eager.contains($0.operation) }) func aMappedFunctionIsALoop(_ trial: Trial) {
    guard let f = Function(trial) else { return }
    // Three examples near the drawn one, so that they stay where the operation is smooth.
    let examples = [1.0, 0.9995, 0.999].map { f.point * $0 }
    let batch = Tensor.stack(examples, axis: 0)
    let loop = examples.map { f($0) }
    let mapped = vmap { f($0) }(batch)
    #expect(mapped.shape == Shape([3] + loop[0].shape), "\(trial)")
    expectClose(mapped.scalars, loop.flatMap(\.scalars), 1e-12, 1e-13, "\(trial): vmap")
    let gradients = vmap { x in grad(of: { f($0).sum() })(x) }(batch)
    expectClose(
      gradients.scalars, examples.flatMap { grad(of: { f($0).sum() })($0).scalars }, 1e-10, 1e-11,
      "\(trial): vmap of grad", isFinite: true)
  }

  /// (sin x · eˣ)‴ = 2·eˣ·(cos x − sin x), by three nested gradients and by forward mode over two of them.
  @Test func thirdDerivativesFollowTheClosedForm() {
    let f = { (x: Tensor<Double>) in (x.sin() * x.exp()).sum() }
    let second = { (x: Tensor<Double>) in grad(of: { grad(of: f)($0).sum() })(x) }
    let x = Tensor<Double>([-2, -0.3, 0, 0.7, 1.9])
    let expected = (x.exp() * (x.cos() - x.sin()) * 2).scalars
    expectClose(grad(of: { second($0).sum() })(x).scalars, expected, 1e-12, 1e-12, "reverse")
    expectClose(jvp(of: second, at: x, along: .ones(5)).tangent.scalars, expected, 1e-12, 1e-12, "forward over reverse")
    expectClose(
      jacobian(of: second, at: x).diagonal().scalars, expected, 1e-12, 1e-12, "the Jacobian of the second derivative")
  }
}
