import Adjoint
import BenchmarkCore

/// Plain Swift loops over arrays, on one thread: what somebody writes without a library.
enum Naive {
  static let workloads = [
    Workload(
      id: "naive/add", summary: "a + b with a plain Swift loop into a new array", kind: .bandwidth,
      sizeMeaning: "elements", defaultSizes: [1_000_000], ranks: 1...8, bytesFormula: "3·n·s", flopsFormula: "n",
      cost: { .init(bytes: 3 * $0.count * $0.dataType.size, flops: $0.count, items: $0.count) },
      prepare: { item in prepared(item, { add(item, $0) }, { add(item, $0) }) }),
    Workload(
      id: "naive/exp", summary: "exp of each element with a plain Swift loop into a new array", kind: .bandwidth,
      sizeMeaning: "elements", defaultSizes: [1_000_000], ranks: 1...8, bytesFormula: "2·n·s", flopsFormula: "n",
      cost: { .init(bytes: 2 * $0.count * $0.dataType.size, flops: $0.count, items: $0.count) },
      prepare: { item in prepared(item, { exp(item, $0) }, { exp(item, $0) }) }),
    Workload(
      id: "naive/sum", summary: "the sum with a plain Swift loop", kind: .bandwidth,
      sizeMeaning: "elements", defaultSizes: [1_000_000], ranks: 1...8, bytesFormula: "n·s", flopsFormula: "n",
      cost: { .init(bytes: $0.count * $0.dataType.size, flops: $0.count, items: $0.count) },
      prepare: { item in prepared(item, { sum(item, $0) }, { sum(item, $0) }) }),
    Workload(
      id: "naive/matmul", summary: "a matrix product with three plain Swift loops", kind: .arithmetic,
      sizeMeaning: "rows and columns", defaultSizes: [256], largestSize: 2048, shape: { [$0, $0, $0] }, ranks: 3...3,
      bytesFormula: "(m·k + k·n + m·n)·s", flopsFormula: "2·m·k·n", cost: MatrixCost.product,
      prepare: { item in prepared(item, { matmul(item, $0) }, { matmul(item, $0) }) }),
  ]

  private static func add<Scalar: ScalarMath>(_ item: WorkloadCase, _ type: Scalar.Type) -> PreparedWorkload {
    let a = Inputs.uniform(item.count, seed: 1, type)
    let b = Inputs.uniform(item.count, seed: 2, type)
    return PreparedWorkload(
      run: { keep(sum(a, b)) },
      verify: { Check.elements(sum(a, b), count: item.count) { Double(a[$0]) + Double(b[$0]) } })
  }

  private static func exp<Scalar: ScalarMath>(_ item: WorkloadCase, _ type: Scalar.Type) -> PreparedWorkload {
    let a = Inputs.uniform(item.count, in: -2...2, type)
    return PreparedWorkload(
      run: { keep(exponentials(a)) },
      verify: { Check.elements(exponentials(a), count: item.count) { Reference.exp(Double(a[$0])) } })
  }

  private static func sum<Scalar: ScalarMath>(_ item: WorkloadCase, _ type: Scalar.Type) -> PreparedWorkload {
    let a = Inputs.uniform(item.count, in: 0...1, type)
    // One running sum loses digits as it grows: this is part of what the loop costs.
    let tolerance = Double(Scalar.ulpOfOne) * Double(item.count).squareRoot() * 8
    return PreparedWorkload(
      run: { keep(total(a)) },
      verify: { Check.number(total(a), a.reduce(0.0) { $0 + Double($1) }, tolerance: tolerance) })
  }

  private static func matmul<Scalar: ScalarMath>(_ item: WorkloadCase, _ type: Scalar.Type) -> PreparedWorkload {
    let (m, k, n) = (item.shape[0], item.shape[1], item.shape[2])
    let a = Inputs.uniform(m * k, seed: 1, type)
    let b = Inputs.uniform(k * n, seed: 2, type)
    return PreparedWorkload(
      run: { keep(product(a, b, m, k, n)) },
      verify: { MatrixCheck.product(product(a, b, m, k, n), a, b, m: m, k: k, n: n) })
  }

  // MARK: The loops

  @inline(never)
  private static func sum<Scalar: ScalarMath>(_ a: [Scalar], _ b: [Scalar]) -> [Scalar] {
    var result = [Scalar](repeating: 0, count: a.count)
    for i in 0..<a.count { result[i] = a[i] + b[i] }
    return result
  }

  @inline(never)
  private static func exponentials<Scalar: ScalarMath>(_ a: [Scalar]) -> [Scalar] {
    var result = [Scalar](repeating: 0, count: a.count)
    for i in 0..<a.count { result[i] = Scalar.exponential(a[i]) }
    return result
  }

  @inline(never)
  private static func total<Scalar: ScalarMath>(_ a: [Scalar]) -> Scalar {
    var result: Scalar = 0
    for i in 0..<a.count { result += a[i] }
    return result
  }

  @inline(never)
  private static func product<Scalar: ScalarMath>(
    _ a: [Scalar], _ b: [Scalar], _ m: Int, _ k: Int, _ n: Int
  ) -> [Scalar] {
    var result = [Scalar](repeating: 0, count: m * n)
    for i in 0..<m {
      for j in 0..<n {
        var sum: Scalar = 0
        for l in 0..<k { sum += a[i * k + l] * b[l * n + j] }
        result[i * n + j] = sum
      }
    }
    return result
  }

  /// Where a result ends up that nobody reads: a call that is not inlined, so that it must exist.
  @inline(never)
  private static func keep<Result>(_: Result) {}
}
