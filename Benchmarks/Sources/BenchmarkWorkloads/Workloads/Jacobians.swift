import Adjoint
import BenchmarkCore

/// Derivatives of a network of two tanh layers, 256 wide: f(x) = tanh(b·tanh(a·x)); for second derivatives its sum.
enum Jacobians {
  static let workloads = [
    workload(
      "vjp", "vᵀ·J of the tanh network", .bandwidth, flops: "8·n²", { 8 * $0 * $0 },
      prepare: { item in prepared(item, { vjp(item, $0) }, { vjp(item, $0) }) }),
    workload(
      "jvp", "J·v of the tanh network", .bandwidth, flops: "8·n²", { 8 * $0 * $0 },
      prepare: { item in prepared(item, { jvp(item, $0) }, { jvp(item, $0) }) }),
    workload(
      "jacobian", "the whole Jacobian of the tanh network", .arithmetic, flops: "2·n³", { 2 * $0 * $0 * $0 },
      prepare: { item in prepared(item, { jacobian(item, $0) }, { jacobian(item, $0) }) }),
    workload(
      "hvp", "H·v of the sum of the tanh network", .bandwidth, flops: "16·n²", { 16 * $0 * $0 },
      prepare: { item in prepared(item, { hvp(item, $0) }, { hvp(item, $0) }) }),
    workload(
      "hessian", "the whole Hessian of that sum", .arithmetic, flops: "6·n³", { 6 * $0 * $0 * $0 },
      prepare: { item in prepared(item, { hessian(item, $0) }, { hessian(item, $0) }) }),
  ]

  private static func workload(
    _ name: String, _ summary: String, _ kind: Workload.Kind, flops: String,
    _ count: @escaping @Sendable (Int) -> Int, prepare: @escaping @Sendable (WorkloadCase) throws -> PreparedWorkload
  ) -> Workload {
    let isMatrix = kind == .arithmetic
    return Workload(
      id: "jacobian/\(name)", summary: summary, kind: kind, sizeMeaning: "width", defaultSizes: [256],
      largestSize: 4096, bytesFormula: isMatrix ? "3·n²·s" : "2·n²·s", flopsFormula: flops,
      cost: {
        let n = $0.shape[0]
        return .init(bytes: (isMatrix ? 3 : 2) * n * n * $0.dataType.size, flops: count(n), items: 1)
      }, prepare: prepare)
  }

  private struct Network<Scalar: TensorFloatingPoint> {
    let a, b, x, v: Tensor<Scalar>

    init(_ width: Int, _ type: Scalar.Type) {
      // Small enough that tanh does not saturate, whatever the width.
      let reach = 1.5 / Double(width).squareRoot()
      a = Inputs.tensor([width, width], in: -reach...reach, seed: 1, type)
      b = Inputs.tensor([width, width], in: -reach...reach, seed: 2, type)
      x = Inputs.tensor([width], seed: 3, type)
      v = Inputs.tensor([width], seed: 4, type)
    }

    func callAsFunction(_ x: Tensor<Scalar>) -> Tensor<Scalar> { b.matmul(a.matmul(x).tanh()).tanh() }

    func loss(_ x: Tensor<Scalar>) -> Tensor<Scalar> { self(x).sum() }

    var reference: NetworkReference {
      func doubles(_ tensor: Tensor<Scalar>) -> [Double] { tensor.scalars.map { Double($0) } }
      return NetworkReference(a: doubles(a), b: doubles(b), x: doubles(x), v: doubles(v))
    }

    /// Differences in Double are good to about 1e-8; in Float the result itself is the coarser one.
    var tolerance: Double { Scalar.self == Float.self ? 2e-4 : 2e-7 }
  }

  private static func vjp<Scalar: TensorFloatingPoint>(_ item: WorkloadCase, _ type: Scalar.Type) -> PreparedWorkload {
    let f = Network(item.shape[0], type)
    func result() -> Tensor<Scalar> { Adjoint.vjp(of: { f($0) }, at: f.x).pullback(f.v) }
    return PreparedWorkload(
      run: { result().evaluate() },
      verify: {
        let (reference, got) = (f.reference, result().scalars)
        return Check.elements(got, count: f.x.count, tolerance: f.tolerance, limit: 8) { reference.pullback($0) }
      })
  }

  private static func jvp<Scalar: TensorFloatingPoint>(_ item: WorkloadCase, _ type: Scalar.Type) -> PreparedWorkload {
    let f = Network(item.shape[0], type)
    func result() -> Tensor<Scalar> { Adjoint.jvp(of: { f($0) }, at: f.x, along: f.v).tangent }
    return PreparedWorkload(
      run: { result().evaluate() },
      verify: {
        let want = f.reference.tangent()
        return Check.elements(result().scalars, count: f.x.count, tolerance: f.tolerance) { want[$0] }
      })
  }

  private static func jacobian<Scalar: TensorFloatingPoint>(
    _ item: WorkloadCase, _ type: Scalar.Type
  ) -> PreparedWorkload {
    let f = Network(item.shape[0], type)
    let n = item.shape[0]
    func result() -> Tensor<Scalar> { Adjoint.jacobian(of: { f($0) }, at: f.x) }
    return PreparedWorkload(
      run: { result().evaluate() },
      verify: {
        let (want, v) = (f.reference.tangent(), f.v.scalars)
        let matrix = result().scalars
        guard matrix.count == n * n else { return "\(matrix.count) elements instead of \(n * n)" }
        // J·v by plain loops against the difference quotient.
        let got = (0..<n).map { i in (0..<n).reduce(Scalar(0)) { $0 + matrix[i * n + $1] * v[$1] } }
        return Check.elements(got, count: n, tolerance: f.tolerance) { want[$0] }
      })
  }

  private static func hvp<Scalar: TensorFloatingPoint>(_ item: WorkloadCase, _ type: Scalar.Type) -> PreparedWorkload {
    let f = Network(item.shape[0], type)
    func result() -> Tensor<Scalar> { Adjoint.hvp(of: { f.loss($0) }, at: f.x, along: f.v) }
    return PreparedWorkload(
      run: { result().evaluate() },
      verify: {
        let want = f.reference.hessianProduct()
        return Check.elements(result().scalars, count: f.x.count, tolerance: f.tolerance) { want[$0] }
      })
  }

  private static func hessian<Scalar: TensorFloatingPoint>(
    _ item: WorkloadCase, _ type: Scalar.Type
  ) -> PreparedWorkload {
    let f = Network(item.shape[0], type)
    let n = item.shape[0]
    func result() -> Tensor<Scalar> { Adjoint.hessian(of: { f.loss($0) }, at: f.x) }
    return PreparedWorkload(
      run: { result().evaluate() },
      verify: {
        let (want, v) = (f.reference.hessianProduct(), f.v.scalars)
        let matrix = result().scalars
        guard matrix.count == n * n else { return "\(matrix.count) elements instead of \(n * n)" }
        let got = (0..<n).map { i in (0..<n).reduce(Scalar(0)) { $0 + matrix[i * n + $1] * v[$1] } }
        return Check.elements(got, count: n, tolerance: f.tolerance) { want[$0] }
      })
  }
}
