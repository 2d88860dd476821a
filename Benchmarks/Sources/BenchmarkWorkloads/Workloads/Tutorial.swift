import Adjoint
import BenchmarkCore

/// The autograd tutorial's computations.
enum Tutorial {
  static let workloads = [
    Workload(
      id: "tutorial/forward", summary: "(y·y·2).mean() with y = x + 2, of a tracked x", kind: .bandwidth,
      sizeMeaning: "elements of x", defaultSizes: [3, 1000, 100_000, 1_000_000, 10_000_000], ranks: 1...8,
      bytesFormula: "n·s", flopsFormula: "4·n",
      cost: { .init(bytes: $0.count * $0.dataType.size, flops: 4 * $0.count, items: $0.count) },
      prepare: { item in prepared(item, { forward(item, $0) }, { forward(item, $0) }) }),
    Workload(
      id: "tutorial/backward", summary: "the same, and its gradient with respect to x", kind: .bandwidth,
      sizeMeaning: "elements of x", defaultSizes: [3, 1000, 100_000, 1_000_000, 10_000_000], ranks: 1...8,
      bytesFormula: "2·n·s", flopsFormula: "6·n",
      cost: { .init(bytes: 2 * $0.count * $0.dataType.size, flops: 6 * $0.count, items: $0.count) },
      prepare: { item in prepared(item, { backward(item, $0) }, { backward(item, $0) }) }),
    Workload(
      id: "tutorial/sgd-loop", summary: "(w·3).sum(), backward, step of SGD, zeroGrad, with w = ones(4)",
      kind: .latency, sizeMeaning: "elements of w", defaultSizes: [4], ranks: 1...8, bytesFormula: "2·n·s",
      flopsFormula: "5·n",
      cost: { .init(bytes: 2 * $0.count * $0.dataType.size, flops: 5 * $0.count, items: 1) },
      prepare: { item in prepared(item, { loop(item, $0) }, { loop(item, $0) }) }),
  ]

  private static func value<Scalar: TensorFloatingPoint>(_ x: Tensor<Scalar>) -> Tensor<Scalar> {
    let y = x + 2
    return (y * y * 2).mean()
  }

  /// mean(2·(x+2)²) in Double.
  private static func reference<Scalar: TensorFloatingPoint>(_ x: [Scalar]) -> Double {
    x.reduce(0.0) { $0 + 2 * (Double($1) + 2) * (Double($1) + 2) } / Double(x.count)
  }

  private static func forward<Scalar: TensorFloatingPoint>(
    _ item: WorkloadCase, _ type: Scalar.Type
  ) -> PreparedWorkload {
    let x = Inputs.tensor(item.shape, type, requiresGrad: true)
    return PreparedWorkload(
      run: { value(x).evaluate() },
      verify: { Check.number(value(x).item(), reference(x.scalars)) })
  }

  private static func backward<Scalar: TensorFloatingPoint>(
    _ item: WorkloadCase, _ type: Scalar.Type
  ) -> PreparedWorkload {
    let x = Inputs.tensor(item.shape, type, requiresGrad: true)
    return PreparedWorkload(
      run: {
        x.zeroGrad()
        value(x).backward()
      },
      verify: {
        x.zeroGrad()
        let z = value(x)
        z.backward()
        let (inputs, count) = (x.scalars, Double(item.count))
        return Check.all(
          { Check.number(z.item(), reference(inputs)) },
          {
            guard let grad = x.grad else { return "no gradient" }
            return Check.elements(grad.scalars, count: item.count, scale: 4 / count) {
              4 * (Double(inputs[$0]) + 2) / count
            }
          })
      })
  }

  private static func loop<Scalar: TensorFloatingPoint>(
    _ item: WorkloadCase, _ type: Scalar.Type
  ) -> PreparedWorkload {
    let weights = Tensor<Scalar>.ones(Shape(item.shape), requiresGrad: true)
    let optimizer = SGD([weights], learningRate: 0.01)
    func turn() {
      (weights * 3).sum().backward()
      optimizer.step()
      optimizer.zeroGrad()
    }
    return PreparedWorkload(
      run: turn,
      verify: {
        turn()
        let steps = Check.elements(weights.scalars, count: item.count) { _ in 0.97 }
        return steps ?? (weights.grad == nil ? nil : "zeroGrad left a gradient")
      })
  }
}
