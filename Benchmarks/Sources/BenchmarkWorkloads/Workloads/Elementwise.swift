import Adjoint
import BenchmarkCore

/// Operations element by element, as a user would write them: each call makes a new result.
enum Elementwise {
  static let workloads = [
    workload("add", "a + b", inputs: 2, { $0[0] + $0[1] }, { $0[0] + $0[1] }, reference: { $0[0] + $0[1] }),
    workload("multiply", "a·b", inputs: 2, { $0[0] * $0[1] }, { $0[0] * $0[1] }, reference: { $0[0] * $0[1] }),
    workload("scale", "2.5·a", { $0[0] * 2.5 }, { $0[0] * 2.5 }, reference: { $0[0] * 2.5 }),
    workload(
      "axpy", "2.5·a + b", inputs: 2, flops: 2, { 2.5 * $0[0] + $0[1] }, { 2.5 * $0[0] + $0[1] },
      reference: { 2.5 * $0[0] + $0[1] }),
    workload("exp", "exp a", { $0[0].exp() }, { $0[0].exp() }, reference: { Reference.exp($0[0]) }),
    workload(
      "log", "ln a", range: 0.1...4, { $0[0].log() }, { $0[0].log() }, reference: { Reference.log($0[0]) }),
    workload("tanh", "tanh a", { $0[0].tanh() }, { $0[0].tanh() }, reference: { Reference.tanh($0[0]) }),
    workload(
      "sigmoid", "1 / (1 + exp −a)", flops: 3, { $0[0].sigmoid() }, { $0[0].sigmoid() },
      reference: { Reference.sigmoid($0[0]) }),
    workload("sin", "sin a", { $0[0].sin() }, { $0[0].sin() }, reference: { Reference.sin($0[0]) }),
    workload("erf", "erf a", { $0[0].erf() }, { $0[0].erf() }, reference: { Reference.erf($0[0]) }),
    workload(
      "gelu", "a·Φ(a), by erf", flops: 4, { $0[0].gelu() }, { $0[0].gelu() }, reference: { Reference.gelu($0[0]) }),
    workload(
      "power", "a to the power 1.7", range: 0.1...4, { $0[0].power(Float(1.7)) }, { $0[0].power(Double(1.7)) },
      reference: { Reference.power($0[0], 1.7) }),
    selection,
  ]

  /// A workload of one formula. It is given for both types, since a closure cannot be generic.
  private static func workload(
    _ name: String, _ formula: String, inputs: Int = 1, range: ClosedRange<Double> = -2...2, flops: Int = 1,
    _ float: @escaping @Sendable ([Tensor<Float>]) -> Tensor<Float>,
    _ double: @escaping @Sendable ([Tensor<Double>]) -> Tensor<Double>,
    reference: @escaping @Sendable ([Double]) -> Double
  ) -> Workload {
    Workload(
      id: "elementwise/\(name)", summary: formula + ", into a new tensor", kind: .bandwidth, sizeMeaning: "elements",
      defaultSizes: [1000, 1_000_000], ranks: 1...8, bytesFormula: "\(inputs + 1)·n·s",
      flopsFormula: flops == 1 ? "n" : "\(flops)·n",
      cost: {
        .init(bytes: (inputs + 1) * $0.count * $0.dataType.size, flops: flops * $0.count, items: $0.count)
      },
      prepare: { item in
        prepared(
          item, { prepare(item, $0, inputs, range, float, reference) },
          { prepare(item, $0, inputs, range, double, reference) })
      })
  }

  private static func prepare<Scalar: TensorFloatingPoint>(
    _ item: WorkloadCase, _ type: Scalar.Type, _ inputs: Int, _ range: ClosedRange<Double>,
    _ body: @escaping ([Tensor<Scalar>]) -> Tensor<Scalar>, _ reference: @escaping ([Double]) -> Double
  ) -> PreparedWorkload {
    let tensors = (0..<inputs).map { Inputs.tensor(item.shape, in: range, seed: UInt64($0 + 1), type) }
    return PreparedWorkload(
      run: { body(tensors).evaluate() },
      verify: {
        let arrays = tensors.map(\.scalars)
        return Check.elements(body(tensors).scalars, count: item.count) { index in
          reference(arrays.map { Double($0[index]) })
        }
      })
  }

  /// A choice reads a mask of bytes as well, so it has a cost of its own.
  private static let selection = Workload(
    id: "elementwise/where", summary: "where(mask, a, b), into a new tensor", kind: .bandwidth,
    sizeMeaning: "elements", defaultSizes: [1000, 1_000_000], ranks: 1...8, bytesFormula: "3·n·s + n",
    flopsFormula: "n",
    cost: { .init(bytes: $0.count * (3 * $0.dataType.size + 1), flops: $0.count, items: $0.count) },
    prepare: { item in prepared(item, { select(item, $0) }, { select(item, $0) }) })

  private static func select<Scalar: TensorFloatingPoint>(
    _ item: WorkloadCase, _ type: Scalar.Type
  ) -> PreparedWorkload {
    let a = Inputs.tensor(item.shape, seed: 1, type)
    let b = Inputs.tensor(item.shape, seed: 2, type)
    let mask = (Inputs.tensor(item.shape, seed: 3, type) .> 0).evaluate()
    return PreparedWorkload(
      run: { Tensor.where(mask, a, b).evaluate() },
      verify: {
        let (masks, left, right) = (mask.scalars, a.scalars, b.scalars)
        return Check.elements(Tensor.where(mask, a, b).scalars, count: item.count) {
          Double(masks[$0] ? left[$0] : right[$0])
        }
      })
  }
}
