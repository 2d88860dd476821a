import Adjoint
import BenchmarkCore

/// Reductions of everything to one number.
enum Reductions {
  static let workloads = [
    workload(
      "sum", "the sum of all elements", flops: 1, { $0.sum() }, { $0.sum() }, reference: { x in x.reduce(0, +) }),
    workload(
      "mean", "the mean of all elements", flops: 1, { $0.mean() }, { $0.mean() },
      reference: { x in
        x.reduce(0, +) / Double(x.count)
      }),
    workload("max", "the largest element", flops: 1, { $0.max() }, { $0.max() }, reference: { x in x.max()! }),
    workload(
      "variance", "the unbiased variance", flops: 3, { $0.variance() }, { $0.variance() },
      reference: { x in
        let mean = x.reduce(0, +) / Double(x.count)
        return x.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(x.count - 1)
      }),
    workload(
      "norm", "the Euclidean norm", flops: 2, { $0.norm() }, { $0.norm() },
      reference: { x in
        x.reduce(0) { $0 + $1 * $1 }.squareRoot()
      }),
    dot, argmax,
  ]

  private static func workload(
    _ name: String, _ summary: String, flops: Int, _ float: @escaping @Sendable (Tensor<Float>) -> Tensor<Float>,
    _ double: @escaping @Sendable (Tensor<Double>) -> Tensor<Double>,
    reference: @escaping @Sendable ([Double]) -> Double
  ) -> Workload {
    Workload(
      id: "reduction/\(name)", summary: summary, kind: .bandwidth, sizeMeaning: "elements",
      defaultSizes: [1000, 1_000_000, 10_000_000], ranks: 1...8, bytesFormula: "n·s",
      flopsFormula: flops == 1 ? "n" : "\(flops)·n",
      cost: { .init(bytes: $0.count * $0.dataType.size, flops: flops * $0.count, items: $0.count) },
      prepare: { item in
        prepared(item, { prepare(item, $0, float, reference) }, { prepare(item, $0, double, reference) })
      })
  }

  private static func prepare<Scalar: TensorFloatingPoint>(
    _ item: WorkloadCase, _ type: Scalar.Type, _ body: @escaping (Tensor<Scalar>) -> Tensor<Scalar>,
    _ reference: @escaping ([Double]) -> Double
  ) -> PreparedWorkload {
    // Not centred on zero: a sum that cancels could not be compared.
    let x = Inputs.tensor(item.shape, in: -0.5...1.5, type)
    return PreparedWorkload(
      run: { body(x).evaluate() },
      verify: { Check.number(body(x).item(), reference(x.scalars.map { Double($0) })) })
  }

  private static let dot = Workload(
    id: "reduction/dot", summary: "the inner product of two vectors", kind: .bandwidth, sizeMeaning: "elements",
    defaultSizes: [1000, 1_000_000, 10_000_000], bytesFormula: "2·n·s", flopsFormula: "2·n",
    cost: { .init(bytes: 2 * $0.count * $0.dataType.size, flops: 2 * $0.count, items: $0.count) },
    prepare: { item in prepared(item, { dot(item, $0) }, { dot(item, $0) }) })

  private static func dot<Scalar: TensorFloatingPoint>(_ item: WorkloadCase, _ type: Scalar.Type) -> PreparedWorkload {
    let a = Inputs.tensor(item.shape, in: -0.5...1.5, seed: 1, type)
    let b = Inputs.tensor(item.shape, in: -0.5...1.5, seed: 2, type)
    return PreparedWorkload(
      run: { a.dot(b).evaluate() },
      verify: {
        let want = zip(a.scalars, b.scalars).reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
        return Check.number(a.dot(b).item(), want)
      })
  }

  private static let argmax = Workload(
    id: "reduction/argmax", summary: "the position of the largest element", kind: .bandwidth, sizeMeaning: "elements",
    defaultSizes: [1000, 1_000_000, 10_000_000], bytesFormula: "n·s", flopsFormula: "n",
    cost: { .init(bytes: $0.count * $0.dataType.size, flops: $0.count, items: $0.count) },
    prepare: { item in prepared(item, { argmax(item, $0) }, { argmax(item, $0) }) })

  private static func argmax<Scalar: TensorFloatingPoint>(
    _ item: WorkloadCase, _ type: Scalar.Type
  ) -> PreparedWorkload {
    let x = Inputs.tensor(item.shape, type)
    return PreparedWorkload(
      run: { x.argmax().evaluate() },
      verify: {
        let (elements, got) = (x.scalars, x.argmax().item())
        let want = elements.firstIndex(of: elements.max()!)!
        return got == want ? nil : "position \(got) instead of \(want)"
      })
  }
}
