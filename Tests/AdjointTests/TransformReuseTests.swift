import Testing

@testable import Adjoint

/// What a transformation gives back may be used again, and carries no graph that nobody asked for.
@Suite struct TransformReuseTests {
  let x = Tensor<Double>([-0.9484, 0.2716, 0.3606])
  let f = { (x: Tensor<Double>) in (x + 2) * (x + 2) * 2 }

  /// Reading what the pullback gave evaluates the function's own nodes, which must not end its graph.
  @Test func aPullbackMayBeUsedAnyNumberOfTimes() {
    let (value, pullback) = vjp(of: f, at: x)
    _ = value.scalars
    for factor in [1.0, -2, 0, 0.5] {
      let got = pullback(Tensor.ones(3) * factor).scalars
      for (g, x) in zip(got, x.scalars) {
        let expected = 4 * (x + 2) * factor
        #expect(abs(g - expected) < 1e-12, "factor \(factor): got \(g), expected \(expected)")
      }
    }
  }

  @Test func aPushforwardMayBeUsedAnyNumberOfTimes() {
    let (value, pushforward) = linearize(of: f, at: x)
    _ = value.scalars
    for factor in [1.0, -2, 0, 0.5] {
      let got = pushforward(Tensor.ones(3) * factor).scalars
      for (g, x) in zip(got, x.scalars) {
        let expected = 4 * (x + 2) * factor
        #expect(abs(g - expected) < 1e-12, "factor \(factor): got \(g), expected \(expected)")
      }
    }
  }

  @Test(arguments: [JacobianMode.forward, .reverse]) func aMatrixAtAnUntrackedPointIsUntracked(_ mode: JacobianMode) {
    #expect(!jacobian(of: f, at: x, mode: mode).requiresGrad)
    #expect(!jacobian(of: f, at: x, mode: mode, chunkSize: 2).requiresGrad)
    #expect(!hessian(of: { f($0).sum() }, at: x).requiresGrad)
    #expect(jacobianDiagonal(of: f, at: x)?.requiresGrad == false)
  }

  /// At a tracked point the matrix is differentiable: ∂(Σ 4(x + 2))/∂x = 4.
  @Test(arguments: [JacobianMode.forward, .reverse]) func aMatrixAtATrackedPointIsTracked(_ mode: JacobianMode) {
    let leaf = Tensor(x, requiresGrad: true)
    jacobian(of: f, at: leaf, mode: mode).sum().backward()
    #expect(leaf.grad?.scalars == [4, 4, 4])
  }
}
