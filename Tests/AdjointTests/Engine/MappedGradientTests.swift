import Adjoint
import Testing

/// Functions that evaluate all their results at once, inside `vmap`, where there are only shapes.
@Suite struct MappedGradientTests {
  private let batch = Tensor<Double>([0.5, -1, 2, 3, 0.25, -0.75], shape: [3, 2])

  private static func expectSuccess(
    _ result: ExitTest.Result?, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let message = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(result != nil, "\(message)", sourceLocation: sourceLocation)
  }

  /// In a process of its own: it stopped there.
  @Test func valueAndGradientOfEveryExample() async {
    Self.expectSuccess(
      await #expect(processExitsWith: .success, observing: [\.standardErrorContent]) {
        let batch = Tensor<Double>([0.5, -1, 2, 3, 0.25, -0.75], shape: [3, 2])
        let perExample = vmap { (x: Tensor<Double>) -> [Tensor<Double>] in
          let (value, gradient) = valueAndGrad(of: { (x: Tensor<Double>) in (x.sin() * x).sum() })(x)
          return [value, gradient]
        }
        let results = perExample(batch)
        for row in 0..<3 {
          let (value, gradient) = valueAndGrad(of: { (x: Tensor<Double>) in (x.sin() * x).sum() })(batch[row])
          guard abs(results[0][row].item() - value.item()) < 1e-12 else { fatalError("values \(results[0])") }
          for (a, b) in zip(results[1][row].scalars, gradient.scalars) where abs(a - b) > 1e-12 {
            fatalError("gradients \(results[1]); in row \(row) expected \(gradient)")
          }
        }
      })
  }

  @Test func gradientsOfInsideVmap() async {
    Self.expectSuccess(
      await #expect(processExitsWith: .success, observing: [\.standardErrorContent]) {
        let batch = Tensor<Double>([0.5, -1, 2, 3, 0.25, -0.75], shape: [3, 2])
        let tracked = Tensor(batch, requiresGrad: true)
        let perExample = vmap { (x: Tensor<Double>) -> Tensor<Double> in
          gradients(of: (x * x * x).sum(), withRespectTo: [x])[0]
        }
        let got = perExample(tracked).scalars
        for (g, x) in zip(got, batch.scalars) where abs(g - 3 * x * x) > 1e-12 {
          fatalError("got \(got) for \(batch)")
        }
      })
  }

  /// What both are made of works today, and stays so.
  @Test func pullbackOfEveryExample() {
    let perExample = vmap { (x: Tensor<Double>) in grad(of: { (x: Tensor<Double>) in (x * x).sum() })(x) }
    #expect(perExample(batch).scalars == batch.scalars.map { 2 * $0 })
  }
}
