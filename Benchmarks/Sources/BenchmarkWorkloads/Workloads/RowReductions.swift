import Adjoint
import BenchmarkCore

/// Reductions along one axis of a matrix, and what normalises its rows.
enum RowReductions {
  static let workloads = [
    workload(
      "sum-rows", "the sum of each row", flops: 1, isReduced: true, { $0.sum(axis: 1) }, { $0.sum(axis: 1) },
      reference: { row, _ in row.reduce(0, +) }),
    columnSums,
    workload(
      "softmax-rows", "softmax of each row", flops: 5, isReduced: false, { $0.softmax(axis: 1) },
      { $0.softmax(axis: 1) },
      reference: { row, column in
        Reference.exp(row[column]) / row.reduce(0) { $0 + Reference.exp($1) }
      }),
    workload(
      "logsumexp-rows", "ln Σ exp of each row", flops: 4, isReduced: true, { $0.logSumExp(axis: 1) },
      { $0.logSumExp(axis: 1) },
      reference: { row, _ in Reference.log(row.reduce(0) { $0 + Reference.exp($1) }) }),
    workload(
      "layernorm-rows", "each row with mean 0 and variance 1", flops: 7, isReduced: false, normalized, normalized,
      reference: { row, column in
        let mean = row.reduce(0, +) / Double(row.count)
        let variance = row.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(row.count)
        return (row[column] - mean) / (variance + 1e-5).squareRoot()
      }),
  ]

  @Sendable private static func normalized<Scalar: TensorFloatingPoint>(_ x: Tensor<Scalar>) -> Tensor<Scalar> {
    layerNorm(x, normalizedShape: [x.shape[1]])
  }

  /// - Parameters:
  ///   - isReduced: whether the result has one element per row, or the shape of the input.
  ///   - reference: an element of the result, from a row and a column.
  private static func workload(
    _ name: String, _ summary: String, flops: Int, isReduced: Bool,
    _ float: @escaping @Sendable (Tensor<Float>) -> Tensor<Float>,
    _ double: @escaping @Sendable (Tensor<Double>) -> Tensor<Double>,
    reference: @escaping @Sendable ([Double], Int) -> Double
  ) -> Workload {
    Workload(
      id: "reduction/\(name)", summary: summary + " of a square", kind: .bandwidth, sizeMeaning: "rows and columns",
      defaultSizes: [1024], largestSize: 30_000, shape: { [$0, $0] }, ranks: 2...2,
      bytesFormula: isReduced ? "(m·n + m)·s" : "2·m·n·s", flopsFormula: flops == 1 ? "m·n" : "\(flops)·m·n",
      cost: {
        let results = isReduced ? $0.shape[0] : $0.count
        return .init(bytes: ($0.count + results) * $0.dataType.size, flops: flops * $0.count, items: $0.count)
      },
      prepare: { item in
        prepared(
          item, { prepare(item, $0, isReduced, float, reference) }, { prepare(item, $0, isReduced, double, reference) })
      })
  }

  private static func prepare<Scalar: TensorFloatingPoint>(
    _ item: WorkloadCase, _ type: Scalar.Type, _ isReduced: Bool,
    _ body: @escaping (Tensor<Scalar>) -> Tensor<Scalar>, _ reference: @escaping ([Double], Int) -> Double
  ) -> PreparedWorkload {
    let x = Inputs.tensor(item.shape, in: -0.5...1.5, type)
    let (rows, columns) = (item.shape[0], item.shape[1])
    return PreparedWorkload(
      run: { body(x).evaluate() },
      verify: {
        let elements = x.scalars
        return Check.elements(body(x).scalars, count: isReduced ? rows : rows * columns, limit: 512) { index in
          let (row, column) = isReduced ? (index, 0) : (index / columns, index % columns)
          return reference(elements[row * columns..<(row + 1) * columns].map { Double($0) }, column)
        }
      })
  }

  private static let columnSums = Workload(
    id: "reduction/sum-columns", summary: "the sum of each column of a square", kind: .bandwidth,
    sizeMeaning: "rows and columns", defaultSizes: [1024], largestSize: 30_000, shape: { [$0, $0] }, ranks: 2...2,
    bytesFormula: "(m·n + n)·s", flopsFormula: "m·n",
    cost: { .init(bytes: ($0.count + $0.shape[1]) * $0.dataType.size, flops: $0.count, items: $0.count) },
    prepare: { item in prepared(item, { columns(item, $0) }, { columns(item, $0) }) })

  private static func columns<Scalar: TensorFloatingPoint>(
    _ item: WorkloadCase, _ type: Scalar.Type
  ) -> PreparedWorkload {
    let x = Inputs.tensor(item.shape, in: -0.5...1.5, type)
    let (rows, columns) = (item.shape[0], item.shape[1])
    return PreparedWorkload(
      run: { x.sum(axis: 0).evaluate() },
      verify: {
        let elements = x.scalars
        return Check.elements(x.sum(axis: 0).scalars, count: columns, limit: 512) { column in
          (0..<rows).reduce(0.0) { $0 + Double(elements[$1 * columns + column]) }
        }
      })
  }
}
