import Adjoint
import BenchmarkCore

/// Factorisations and solvers, checked by putting their results together again.
enum LinearAlgebra {
  static let workloads = [
    workload("solve", "x with a·x = b for one right side", bytes: "(n² + 2·n)·s", flops: "2/3·n³ + 2·n²") { n in
      (n * n + 2 * n, 2 * n * n * n / 3 + 2 * n * n)
    } prepare: { item in
      prepared(item, { solve(item, $0) }, { solve(item, $0) })
    },
    workload("cholesky", "the Cholesky factor of a positive definite matrix", bytes: "2·n²·s", flops: "1/3·n³") { n in
      (2 * n * n, n * n * n / 3)
    } prepare: { item in
      prepared(item, { cholesky(item, $0) }, { cholesky(item, $0) })
    },
    workload("qr", "q and r of a square", bytes: "3·n²·s", flops: "8/3·n³") { n in
      (3 * n * n, 8 * n * n * n / 3)
    } prepare: { item in
      prepared(item, { qr(item, $0) }, { qr(item, $0) })
    },
    workload("svd", "all singular values and vectors of a square", bytes: "3·n²·s", flops: "21·n³") { n in
      (3 * n * n + n, 21 * n * n * n)
    } prepare: { item in
      prepared(item, { svd(item, $0) }, { svd(item, $0) })
    },
    workload("eigh", "all eigenvalues and vectors of a symmetric matrix", bytes: "2·n²·s", flops: "9·n³") { n in
      (2 * n * n + n, 9 * n * n * n)
    } prepare: { item in
      prepared(item, { eigh(item, $0) }, { eigh(item, $0) })
    },
    Workload(
      id: "linalg/solve-batch", summary: "10,000 small systems at once, shape b × n × n", kind: .arithmetic,
      sizeMeaning: "rows and columns", defaultSizes: [8], largestSize: 128, shape: { [10_000, $0, $0] }, ranks: 3...3,
      bytesFormula: "b·(n² + 2·n)·s", flopsFormula: "b·(2/3·n³ + 2·n²)",
      cost: {
        let (b, n) = ($0.shape[0], $0.shape[1])
        return .init(
          bytes: b * (n * n + 2 * n) * $0.dataType.size, flops: b * (2 * n * n * n / 3 + 2 * n * n), items: b)
      },
      prepare: { item in prepared(item, { solveBatch(item, $0) }, { solveBatch(item, $0) }) }),
  ]

  private static func workload(
    _ name: String, _ summary: String, bytes: String, flops: String,
    cost: @escaping @Sendable (Int) -> (elements: Int, flops: Int),
    prepare: @escaping @Sendable (WorkloadCase) throws -> PreparedWorkload
  ) -> Workload {
    Workload(
      id: "linalg/\(name)", summary: summary, kind: .arithmetic, sizeMeaning: "rows and columns", defaultSizes: [256],
      largestSize: 8192, shape: { [$0, $0] }, bytesFormula: bytes, flopsFormula: flops,
      cost: {
        let (elements, flops) = cost($0.shape[0])
        return .init(bytes: elements * $0.dataType.size, flops: flops, items: 1)
      }, prepare: prepare)
  }

  /// A matrix with a strong diagonal: well conditioned, symmetric if asked for.
  static func matrix<Scalar: TensorFloatingPoint>(
    _ item: WorkloadCase, _ type: Scalar.Type, symmetric: Bool = false
  ) -> Tensor<Scalar> {
    let n = item.shape[0]
    var elements = Inputs.uniform(n * n, type)
    for i in 0..<n {
      elements[i * n + i] += Scalar(2 * Double(n).squareRoot())
      if symmetric { for j in 0..<i { elements[i * n + j] = elements[j * n + i] } }
    }
    return Tensor(elements, shape: Shape(item.shape))
  }

  /// An orthogonal factorisation's error grows with the order.
  static func tolerance<Scalar: TensorFloatingPoint>(_ n: Int, _ type: Scalar.Type) -> Double {
    Double(Scalar.ulpOfOne) * 40 * Double(n).squareRoot() * 2
  }

  private static func solve<Scalar: TensorFloatingPoint>(
    _ item: WorkloadCase, _ type: Scalar.Type
  ) -> PreparedWorkload {
    let n = item.shape[0]
    let a = matrix(item, type)
    let b = Inputs.tensor([n], seed: 2, type)
    return PreparedWorkload(
      run: { _ = try! a.solve(b).evaluate() },
      verify: {
        guard let x = try? a.solve(b).scalars else { return "the matrix is singular" }
        let (rows, want) = (a.scalars, b.scalars)
        let got = (0..<n).map { i in (0..<n).reduce(Scalar(0)) { $0 + rows[i * n + $1] * x[$1] } }
        return Check.elements(got, count: n, scale: 2, tolerance: tolerance(n, type)) { Double(want[$0]) }
      })
  }

  private static func solveBatch<Scalar: TensorFloatingPoint>(
    _ item: WorkloadCase, _ type: Scalar.Type
  ) -> PreparedWorkload {
    let (count, n) = (item.shape[0], item.shape[1])
    let a = Inputs.tensor(item.shape, type) + .eye(n) * Scalar(2 * Double(n).squareRoot())
    let b = Inputs.tensor([count, n, 1], seed: 2, type)
    a.evaluate()
    return PreparedWorkload(
      run: { _ = try! a.solve(b).evaluate() },
      verify: {
        guard let x = try? a.solve(b) else { return "a matrix is singular" }
        let (product, want) = (a.matmul(x).scalars, b.scalars)
        return Check.elements(product, count: count * n, scale: 2, tolerance: tolerance(n, type)) { Double(want[$0]) }
      })
  }

  private static func cholesky<Scalar: TensorFloatingPoint>(
    _ item: WorkloadCase, _ type: Scalar.Type
  ) -> PreparedWorkload {
    let a = matrix(item, type, symmetric: true)
    return PreparedWorkload(
      run: { _ = try! a.cholesky().evaluate() },
      verify: {
        guard let lower = try? a.cholesky() else { return "the matrix is not positive definite" }
        return compare(lower.matmul(lower.transposed()), a, item)
      })
  }

  private static func qr<Scalar: TensorFloatingPoint>(_ item: WorkloadCase, _ type: Scalar.Type) -> PreparedWorkload {
    let a = matrix(item, type)
    return PreparedWorkload(
      run: {
        let (q, r) = try! a.qr()
        q.evaluate()
        r.evaluate()
      },
      verify: {
        guard let (q, r) = try? a.qr() else { return "no factorisation" }
        return compare(q.matmul(r), a, item)
      })
  }

  private static func svd<Scalar: TensorFloatingPoint>(_ item: WorkloadCase, _ type: Scalar.Type) -> PreparedWorkload {
    let a = matrix(item, type)
    return PreparedWorkload(
      run: {
        let (u, s, vh) = try! a.svd(fullMatrices: false)
        u.evaluate()
        s.evaluate()
        vh.evaluate()
      },
      verify: {
        guard let (u, s, vh) = try? a.svd(fullMatrices: false) else { return "no convergence" }
        return compare((u * s).matmul(vh), a, item)
      })
  }

  private static func eigh<Scalar: TensorFloatingPoint>(_ item: WorkloadCase, _ type: Scalar.Type) -> PreparedWorkload {
    let a = matrix(item, type, symmetric: true)
    return PreparedWorkload(
      run: {
        let (values, vectors) = try! a.eigh()
        values.evaluate()
        vectors.evaluate()
      },
      verify: {
        guard let (values, vectors) = try? a.eigh() else { return "no convergence" }
        return compare((vectors * values).matmul(vectors.transposed()), a, item)
      })
  }

  static func compare<Scalar: TensorFloatingPoint>(
    _ product: Tensor<Scalar>, _ a: Tensor<Scalar>, _ item: WorkloadCase
  ) -> String? {
    let (n, want) = (item.shape[0], a.scalars)
    return Check.elements(
      product.scalars, count: n * n, scale: 2 * Double(n).squareRoot(), tolerance: tolerance(n, Scalar.self)
    ) { Double(want[$0]) }
  }
}
