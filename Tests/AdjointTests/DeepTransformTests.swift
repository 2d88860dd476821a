import Testing

@testable import Adjoint

/// Functions of more operations than a chain may have before it is evaluated: a placeholder never may be.
@Suite struct DeepTransformTests {
  private func deep(_ x: Tensor<Double>) -> Tensor<Double> {
    var y = x
    for _ in 0..<250 { y = y.sin() * 1.01 }
    return y
  }

  @Test(arguments: [JacobianMode.forward, .reverse]) func jacobianOfADeepFunction(_ mode: JacobianMode) {
    let x = Tensor<Double>([0.3, 0.7])
    let matrix = jacobian(of: deep, at: x, mode: mode)
    let (_, pullback) = vjp(of: deep, at: x)
    let rows = pullback([1, 0]).scalars + pullback([0, 1]).scalars
    for (a, b) in zip(matrix.scalars, rows) { #expect(abs(a - b) <= 1e-12 * abs(b), "\(matrix), expected \(rows)") }
    #expect(rows[0] != 0 && rows[3] != 0)
  }

  @Test func vmapOfADeepFunction() {
    let batch: Tensor<Double> = [[0.3, 0.7], [0.5, 0.9]]
    let mapped = vmap(deep)(batch).scalars
    for (a, b) in zip(mapped, deep(batch).scalars) { #expect(abs(a - b) <= 1e-12, "\(mapped)") }
  }
}
