import Adjoint
import BenchmarkCore

/// How time grows with the depth of a graph.
enum Scaling {
  static let workloads = [
    Workload(
      id: "scaling/depth", summary: "a chain of additions of a number to 1,000 elements, its sum and its gradient",
      kind: .latency, sizeMeaning: "additions", defaultSizes: [1, 100, 10_000], ranks: 1...1, bytesFormula: "2·1000·s",
      flopsFormula: "1000·d",
      cost: { .init(bytes: 2000 * $0.dataType.size, flops: 1000 * $0.count, items: $0.count) },
      prepare: { item in prepared(item, { depth(item, $0) }, { depth(item, $0) }) })
  ]

  private static func depth<Scalar: TensorFloatingPoint>(_ item: WorkloadCase, _ type: Scalar.Type) -> PreparedWorkload
  {
    let x = Inputs.tensor([1000], type, requiresGrad: true)
    func chain() -> Tensor<Scalar> {
      x.zeroGrad()
      var y = x
      for _ in 0..<item.count { y = y + 1 }
      let sum = y.sum()
      sum.backward()
      return sum
    }
    return PreparedWorkload(
      run: { _ = chain() },
      verify: {
        _ = chain()
        guard let grad = x.grad else { return "no gradient" }
        return Check.elements(grad.scalars, count: 1000) { _ in 1 }
      })
  }
}
