import Adjoint
import BenchmarkCore

/// Products of matrices and vectors.
enum MatrixProducts {
  static let workloads = [
    Workload(
      id: "matmul/square", summary: "a·b of two matrices, shape m × k × n", kind: .arithmetic,
      sizeMeaning: "rows and columns", defaultSizes: [64, 256, 1024], largestSize: 20_000, shape: { [$0, $0, $0] },
      ranks: 3...3, bytesFormula: "(m·k + k·n + m·n)·s", flopsFormula: "2·m·k·n", cost: MatrixCost.product,
      prepare: { item in prepared(item, { square(item, $0, false) }, { square(item, $0, false) }) }),
    Workload(
      id: "matmul/transposed", summary: "aᵀ·b with a stored k × m, shape m × k × n", kind: .arithmetic,
      sizeMeaning: "rows and columns", defaultSizes: [512], largestSize: 20_000, shape: { [$0, $0, $0] }, ranks: 3...3,
      bytesFormula: "(m·k + k·n + m·n)·s", flopsFormula: "2·m·k·n", cost: MatrixCost.product,
      prepare: { item in prepared(item, { square(item, $0, true) }, { square(item, $0, true) }) }),
    Workload(
      id: "matmul/vector", summary: "a·x of an m × n matrix and a vector", kind: .bandwidth,
      sizeMeaning: "rows and columns", defaultSizes: [1024], largestSize: 40_000, shape: { [$0, $0] }, ranks: 2...2,
      bytesFormula: "(m·n + n + m)·s", flopsFormula: "2·m·n",
      cost: {
        .init(bytes: ($0.count + $0.shape[0] + $0.shape[1]) * $0.dataType.size, flops: 2 * $0.count, items: 1)
      },
      prepare: { item in prepared(item, { vector(item, $0) }, { vector(item, $0) }) }),
    Workload(
      id: "matmul/batched", summary: "32 products of matrices at once, shape b × m × k × n", kind: .arithmetic,
      sizeMeaning: "rows and columns", defaultSizes: [64], largestSize: 4096, shape: { [32, $0, $0, $0] }, ranks: 4...4,
      bytesFormula: "b·(m·k + k·n + m·n)·s", flopsFormula: "2·b·m·k·n",
      cost: {
        let (b, m, k, n) = ($0.shape[0], $0.shape[1], $0.shape[2], $0.shape[3])
        return .init(bytes: b * (m * k + k * n + m * n) * $0.dataType.size, flops: 2 * b * m * k * n, items: b)
      },
      prepare: { item in prepared(item, { batched(item, $0) }, { batched(item, $0) }) }),
    Workload(
      id: "matmul/outer", summary: "the m × n outer product of two vectors", kind: .bandwidth,
      sizeMeaning: "rows and columns", defaultSizes: [1024], largestSize: 40_000, shape: { [$0, $0] }, ranks: 2...2,
      bytesFormula: "(m·n + n + m)·s", flopsFormula: "m·n",
      cost: { .init(bytes: ($0.count + $0.shape[0] + $0.shape[1]) * $0.dataType.size, flops: $0.count, items: 1) },
      prepare: { item in prepared(item, { outer(item, $0) }, { outer(item, $0) }) }),
  ]

  private static func square<Scalar: TensorFloatingPoint>(
    _ item: WorkloadCase, _ type: Scalar.Type, _ isTransposed: Bool
  ) -> PreparedWorkload {
    let (m, k, n) = (item.shape[0], item.shape[1], item.shape[2])
    let a = Inputs.tensor(isTransposed ? [k, m] : [m, k], seed: 1, type)
    let b = Inputs.tensor([k, n], seed: 2, type)
    func product() -> Tensor<Scalar> { (isTransposed ? a.transposed() : a).matmul(b) }
    return PreparedWorkload(
      run: { product().evaluate() },
      verify: {
        MatrixCheck.product(
          product().scalars, a.scalars, b.scalars, m: m, k: k, n: n, transposedLeft: isTransposed)
      })
  }

  private static func vector<Scalar: TensorFloatingPoint>(
    _ item: WorkloadCase, _ type: Scalar.Type
  ) -> PreparedWorkload {
    let (m, n) = (item.shape[0], item.shape[1])
    let a = Inputs.tensor([m, n], seed: 1, type)
    let x = Inputs.tensor([n], seed: 2, type)
    return PreparedWorkload(
      run: { a.matmul(x).evaluate() },
      verify: { MatrixCheck.product(a.matmul(x).scalars, a.scalars, x.scalars, m: m, k: n, n: 1) })
  }

  private static func batched<Scalar: TensorFloatingPoint>(
    _ item: WorkloadCase, _ type: Scalar.Type
  ) -> PreparedWorkload {
    let (count, m, k, n) = (item.shape[0], item.shape[1], item.shape[2], item.shape[3])
    let a = Inputs.tensor([count, m, k], seed: 1, type)
    let b = Inputs.tensor([count, k, n], seed: 2, type)
    return PreparedWorkload(
      run: { a.matmul(b).evaluate() },
      verify: {
        let (left, right, result) = (a.scalars, b.scalars, a.matmul(b).scalars)
        guard result.count == count * m * n else { return "\(result.count) elements instead of \(count * m * n)" }
        let last = count - 1
        return MatrixCheck.product(
          Array(result[(last * m * n)...]), Array(left[(last * m * k)...]), Array(right[(last * k * n)...]), m: m, k: k,
          n: n)
      })
  }

  private static func outer<Scalar: TensorFloatingPoint>(
    _ item: WorkloadCase, _ type: Scalar.Type
  ) -> PreparedWorkload {
    let (m, n) = (item.shape[0], item.shape[1])
    let u = Inputs.tensor([m], seed: 1, type)
    let v = Inputs.tensor([n], seed: 2, type)
    func outerProduct() -> Tensor<Scalar> { u.outer(v) }
    return PreparedWorkload(
      run: { outerProduct().evaluate() },
      verify: { MatrixCheck.product(outerProduct().scalars, u.scalars, v.scalars, m: m, k: 1, n: n) })
  }
}
