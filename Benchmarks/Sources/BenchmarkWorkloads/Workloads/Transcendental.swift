import Adjoint
import BenchmarkCore

/// A chain of expensive functions and its gradient.
enum Transcendental {
  static let workloads = [
    Workload(
      id: "transcendental/backward", summary: "(sin x · exp(−x²) + tanh x).sum() and its gradient", kind: .bandwidth,
      sizeMeaning: "elements of x", defaultSizes: [1000, 1_000_000, 10_000_000], ranks: 1...8, bytesFormula: "2·n·s",
      flopsFormula: "17·n",
      cost: { .init(bytes: 2 * $0.count * $0.dataType.size, flops: 17 * $0.count, items: $0.count) },
      prepare: { item in prepared(item, { prepare(item, $0) }, { prepare(item, $0) }) })
  ]

  private static func value<Scalar: TensorFloatingPoint>(_ x: Tensor<Scalar>) -> Tensor<Scalar> {
    (x.sin() * (-(x * x)).exp() + x.tanh()).sum()
  }

  private static func prepare<Scalar: TensorFloatingPoint>(
    _ item: WorkloadCase, _ type: Scalar.Type
  ) -> PreparedWorkload {
    let x = Inputs.tensor(item.shape, in: -2...2, type, requiresGrad: true)
    return PreparedWorkload(
      run: {
        x.zeroGrad()
        value(x).backward()
      },
      verify: {
        x.zeroGrad()
        let z = value(x)
        z.backward()
        let inputs = x.scalars.map { Double($0) }
        let sum = inputs.reduce(0.0) {
          $0 + Reference.sin($1) * Reference.exp(-$1 * $1) + Reference.tanh($1)
        }
        return Check.all(
          { Check.number(z.item(), sum, scale: Double(item.count)) },
          {
            guard let grad = x.grad else { return "no gradient" }
            return Check.elements(grad.scalars, count: item.count) { index in
              let x = inputs[index]
              let bell = Reference.exp(-x * x)
              let slope = Reference.tanh(x)
              return bell * (Reference.cos(x) - 2 * x * Reference.sin(x)) + 1 - slope * slope
            }
          })
      })
  }
}
