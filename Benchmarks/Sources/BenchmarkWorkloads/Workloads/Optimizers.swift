import Adjoint
import BenchmarkCore

/// Steps of SGD with momentum 0.9 on gradients that are there already.
enum Optimizers {
  static let workloads = [
    Workload(
      id: "sgd/one-large", summary: "a step of SGD with momentum on one large parameter", kind: .bandwidth,
      sizeMeaning: "elements", defaultSizes: [10_000_000], bytesFormula: "5·n·s", flopsFormula: "4·n",
      cost: {
        .init(
          bytes: 5 * $0.count * $0.dataType.size, flops: 4 * $0.count, items: $0.count,
          footprint: 3 * $0.count * $0.dataType.size)
      },
      prepare: { item in prepared(item, { prepare(item, $0, [item.shape]) }, { prepare(item, $0, [item.shape]) }) }),
    Workload(
      id: "sgd/many-small", summary: "a step of SGD with momentum on 100 × 100 parameters", kind: .bandwidth,
      sizeMeaning: "parameters", defaultSizes: [1000], largestSize: 100_000, shape: { [$0, 100, 100] },
      bytesFormula: "5·k·m·n·s", flopsFormula: "4·k·m·n",
      cost: {
        .init(
          bytes: 5 * $0.count * $0.dataType.size, flops: 4 * $0.count, items: $0.shape[0],
          footprint: 3 * $0.count * $0.dataType.size)
      },
      prepare: { item in
        let shapes = Array(repeating: Array(item.shape.dropFirst()), count: item.shape[0])
        return prepared(item, { prepare(item, $0, shapes) }, { prepare(item, $0, shapes) })
      }),
  ]

  private static func prepare<Scalar: TensorFloatingPoint>(
    _ item: WorkloadCase, _ type: Scalar.Type, _ shapes: [[Int]]
  ) -> PreparedWorkload {
    let parameters = shapes.enumerated().map { index, shape in
      Inputs.tensor(shape, seed: UInt64(index + 1), type, requiresGrad: true)
    }
    let first = parameters[0].scalars
    let last = parameters[parameters.count - 1].scalars
    // The gradient of Σ p²/2 is p: different from element to element, and known.
    for parameter in parameters { (parameter * parameter * 0.5).sum().backward() }
    let (rate, momentum) = (1e-3, 0.9)
    let optimizer = SGD(parameters, learningRate: rate, momentum: momentum)
    return PreparedWorkload(
      run: { optimizer.step() },
      verify: {
        // The buffer is the gradient after one step, and 1.9 times it after two.
        optimizer.step()
        optimizer.step()
        let factor = 1 - rate * (1 + 1 + momentum)
        return Check.all(
          { Check.elements(parameters[0].scalars, count: first.count) { Double(first[$0]) * factor } },
          {
            Check.elements(parameters[parameters.count - 1].scalars, count: last.count) { Double(last[$0]) * factor }
          })
      })
  }
}
