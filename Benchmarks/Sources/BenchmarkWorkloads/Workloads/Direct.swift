import Adjoint
import BenchmarkCore

/// The same problems as `linalg/…` and `matmul/square`, by plain calls of CBLAS and LAPACKE: what the library adds to them.
///
/// Arrays are column-major and allocated before, with LAPACK's work space; what a routine overwrites is copied first,
/// because the library keeps its operands. Measure both with `run linalg direct --interleave --size 512,1024`.
enum Direct {
  static let workloads = [
    Workload(
      id: "direct/matmul", summary: "cblas_gemm, beside matmul/square", kind: .arithmetic,
      sizeMeaning: "rows and columns", defaultSizes: [64, 256, 1024], largestSize: 20_000, shape: { [$0, $0, $0] },
      ranks: 3...3, bytesFormula: "(m·k + k·n + m·n)·s", flopsFormula: "2·m·k·n", cost: MatrixCost.product,
      prepare: { item in prepared(item, { matmul(item, $0) }, { matmul(item, $0) }) }),
    routine("solve", "gesv") {
      solve($0, $1)
    } double: {
      solve($0, $1)
    },
    routine("cholesky", "potrf") {
      cholesky($0, $1)
    } double: {
      cholesky($0, $1)
    },
    routine("qr", "geqrf and orgqr") {
      qr($0, $1)
    } double: {
      qr($0, $1)
    },
    routine("svd", "gesdd") {
      svd($0, $1)
    } double: {
      svd($0, $1)
    },
    routine("eigh", "syevd") {
      eigh($0, $1)
    } double: {
      eigh($0, $1)
    },
  ]

  /// With the costs of its counterpart in `linalg`.
  private static func routine(
    _ name: String, _ routines: String,
    _ float: @escaping @Sendable (WorkloadCase, Float.Type) -> PreparedWorkload,
    double: @escaping @Sendable (WorkloadCase, Double.Type) -> PreparedWorkload
  ) -> Workload {
    var workload = LinearAlgebra.workloads.first { $0.id == "linalg/\(name)" }!
    workload.id = "direct/\(name)"
    workload.summary = "LAPACKE's \(routines), beside linalg/\(name)"
    workload.prepare = { item in prepared(item, { float(item, $0) }, { double(item, $0) }) }
    return workload
  }

  private static func matmul<Scalar: DirectScalar>(_ item: WorkloadCase, _ type: Scalar.Type) -> PreparedWorkload {
    let (m, k, n) = (item.shape[0], item.shape[1], item.shape[2])
    let (a, b) = (Inputs.uniform(m * k, seed: 1, type), Inputs.uniform(k * n, seed: 2, type))
    let (left, right, result) = (Block(a), Block(b), Block(m * n, of: type))
    return PreparedWorkload(
      run: { Scalar.gemm(Int32(m), Int32(n), Int32(k), left.memory, right.memory, result.memory) },
      verify: {
        // Read row by row, the arrays hold transposes: cᵀ = bᵀ·aᵀ.
        Scalar.gemm(Int32(m), Int32(n), Int32(k), left.memory, right.memory, result.memory)
        return MatrixCheck.product(result.elements, b, a, m: n, k: k, n: m)
      })
  }

  private static func solve<Scalar: DirectScalar>(_ item: WorkloadCase, _ type: Scalar.Type) -> PreparedWorkload {
    let n = item.shape[0]
    let a = LinearAlgebra.matrix(item, type).scalars
    let b = Inputs.uniform(n, seed: 2, type)
    let (matrix, right, work, x) = (Block(a), Block(b), Block(n * n, of: type), Block(n, of: type))
    let pivots = Block(n, of: Int32.self)
    func run() -> Int32 {
      work.copy(matrix)
      x.copy(right)
      return Scalar.gesv(Int32(n), work.memory, pivots.memory, x.memory)
    }
    return PreparedWorkload(
      run: { _ = run() },
      verify: {
        guard run() == 0 else { return "the matrix is singular" }
        let x = x.elements
        let got = (0..<n).map { i in (0..<n).reduce(Scalar(0)) { $0 + a[$1 * n + i] * x[$1] } }
        return Check.elements(got, count: n, scale: 2, tolerance: LinearAlgebra.tolerance(n, type)) { Double(b[$0]) }
      })
  }

  private static func cholesky<Scalar: DirectScalar>(_ item: WorkloadCase, _ type: Scalar.Type) -> PreparedWorkload {
    let n = item.shape[0]
    let a = LinearAlgebra.matrix(item, type, symmetric: true)
    let (matrix, work) = (Block(a.scalars), Block(n * n, of: type))
    func run() -> Int32 {
      work.copy(matrix)
      return Scalar.potrf(Int32(n), work.memory)
    }
    return PreparedWorkload(
      run: { _ = run() },
      verify: {
        guard run() == 0 else { return "the matrix is not positive definite" }
        // Column-major U is row-major L.
        let lower = work.tensor(n, n).tril()
        return LinearAlgebra.compare(lower.matmul(lower.transposed()), a, item)
      })
  }

  private static func qr<Scalar: DirectScalar>(_ item: WorkloadCase, _ type: Scalar.Type) -> PreparedWorkload {
    let n = item.shape[0]
    let a = LinearAlgebra.matrix(item, type)
    let (matrix, q, r, tau) = (Block(a.scalars), Block(n * n, of: type), Block(n * n, of: type), Block(n, of: type))
    let work = Block(64 * n, of: type)
    // The result of the library is Q and R: R is copied from where the reflectors lie.
    func run() -> Int32 {
      q.copy(matrix)
      let info = Scalar.geqrf(Int32(n), q.memory, tau.memory, work.memory, Int32(64 * n))
      r.copy(q)
      return info + Scalar.orgqr(Int32(n), q.memory, tau.memory, work.memory, Int32(64 * n))
    }
    return PreparedWorkload(
      run: { _ = run() },
      verify: {
        guard run() == 0 else { return "no factorisation" }
        let product = q.tensor(n, n).transposed().matmul(r.tensor(n, n).tril().transposed())
        return LinearAlgebra.compare(product.transposed(), a, item)
      })
  }

  private static func svd<Scalar: DirectScalar>(_ item: WorkloadCase, _ type: Scalar.Type) -> PreparedWorkload {
    let n = item.shape[0]
    let a = LinearAlgebra.matrix(item, type)
    let (matrix, x, s) = (Block(a.scalars), Block(n * n, of: type), Block(n, of: type))
    let (u, vt) = (Block(n * n, of: type), Block(n * n, of: type))
    let integers = Block(8 * n, of: Int32.self)
    var wanted: Scalar = 0
    _ = Scalar.gesdd(Int32(n), x.memory, s.memory, u.memory, vt.memory, &wanted, -1, integers.memory)
    let length = Int(Double(wanted)) + 1
    let work = Block(length, of: type)
    func run() -> Int32 {
      x.copy(matrix)
      return Scalar.gesdd(
        Int32(n), x.memory, s.memory, u.memory, vt.memory, work.memory, Int32(length), integers.memory)
    }
    return PreparedWorkload(
      run: { _ = run() },
      verify: {
        guard run() == 0 else { return "no convergence" }
        let scaled = vt.tensor(n, n) * Tensor(s.elements, shape: [n])
        return LinearAlgebra.compare(scaled.matmul(u.tensor(n, n)), a, item)
      })
  }

  private static func eigh<Scalar: DirectScalar>(_ item: WorkloadCase, _ type: Scalar.Type) -> PreparedWorkload {
    let n = item.shape[0]
    let a = LinearAlgebra.matrix(item, type, symmetric: true)
    let (matrix, x, w) = (Block(a.scalars), Block(n * n, of: type), Block(n, of: type))
    let integers = Block(5 * n + 3, of: Int32.self)
    var wanted: Scalar = 0
    _ = Scalar.syevd(Int32(n), x.memory, w.memory, &wanted, -1, integers.memory)
    let length = Int(Double(wanted)) + 1
    let work = Block(length, of: type)
    func run() -> Int32 {
      x.copy(matrix)
      return Scalar.syevd(Int32(n), x.memory, w.memory, work.memory, Int32(length), integers.memory)
    }
    return PreparedWorkload(
      run: { _ = run() },
      verify: {
        guard run() == 0 else { return "no convergence" }
        let vectors = x.tensor(n, n).transposed()
        return LinearAlgebra.compare(
          (vectors * Tensor(w.elements, shape: [n])).matmul(vectors.transposed()), a, item)
      })
  }
}

/// An array at a fixed place.
private final class Block<Element: BitwiseCopyable> {
  let memory: UnsafeMutablePointer<Element>
  let count: Int

  init(_ elements: [Element]) {
    count = elements.count
    memory = .allocate(capacity: count)
    for index in 0..<count { (memory + index).initialize(to: elements[index]) }
  }

  convenience init(_ count: Int, of _: Element.Type) where Element: Numeric {
    self.init([Element](repeating: 0, count: count))
  }

  deinit { memory.deallocate() }

  func copy(_ other: Block) { memory.update(from: other.memory, count: count) }

  var elements: [Element] { Array(UnsafeBufferPointer(start: memory, count: count)) }
}

extension Block where Element: TensorFloatingPoint {
  /// The elements as rows.
  func tensor(_ rows: Int, _ columns: Int) -> Tensor<Element> { Tensor(elements, shape: [rows, columns]) }
}
