import AdjointKernels
import Testing

@testable import Adjoint

/// Residuals of factorisations and solutions as LAPACK's own tests measure them: in units of n·ε, below 30.
@Suite struct FactorizationTests {
  static let bound = 30.0

  enum Kind: String, CaseIterable, Sendable {
    case uniform, graded, hilbert, deficient
  }

  struct Problem: Sendable, CustomStringConvertible {
    var rows: Int
    var columns: Int
    var kind: Kind
    var description: String { "\(kind) \(rows) × \(columns)" }
  }

  static let problems: [Problem] =
    [
      (0, 0), (1, 1), (2, 2), (3, 3), (8, 8), (16, 16), (17, 17), (60, 60), (300, 300), (5, 0), (0, 4), (1, 7),
      (40, 13), (13, 40),
    ]
    .flatMap { (m: Int, n: Int) in
      // The largest size once: debug builds take seconds for it.
      Kind.allCases.filter { m < 300 || $0 == .uniform }.map { Problem(rows: m, columns: n, kind: $0) }
    }

  static func numbers(_ count: Int, seed: UInt64) -> [Double] {
    var generator = LinearAlgebraLawTests.Numbers(state: seed)
    return generator.array(count)
  }

  static func matrix<Scalar: TensorFloatingPoint>(_ problem: Problem, _: Scalar.Type) -> Tensor<Scalar> {
    let (m, n) = (problem.rows, problem.columns)
    var x = numbers(m * n, seed: UInt64(m * 1000 + n))
    for i in 0..<m {
      for j in 0..<n {
        switch problem.kind {
        case .uniform: break
        case .graded: x[i * n + j] *= Double(sign: .plus, exponent: -(i + j) % 40, significand: 1)
        case .hilbert: x[i * n + j] = 1 / Double(i + j + 1)
        // Every third row repeats the one before.
        case .deficient: if i % 3 == 2 { x[i * n + j] = x[(i - 1) * n + j] }
        }
      }
    }
    return Tensor<Scalar>(x.map { Scalar($0) }, shape: [m, n])
  }

  /// max |x| / (scale · n · ε): LAPACK divides by the 1-norm; the largest element is stricter by at most n.
  static func ratio<Scalar: TensorFloatingPoint>(_ x: Tensor<Scalar>, scale: Double, n: Int) -> Double {
    let worst = x.scalars.reduce(0.0) { $1.isNaN ? .infinity : Swift.max($0, abs(Double($1))) }
    if worst == 0 { return 0 }
    return worst / (Swift.max(scale, .leastNormalMagnitude) * Double(Swift.max(n, 1)) * Double(Scalar.ulpOfOne))
  }

  static func norm<Scalar: TensorFloatingPoint>(_ x: Tensor<Scalar>) throws -> Double {
    x.count == 0 ? 0 : Double(try x.matrixNorm(.one).item())
  }

  func check<Scalar: TensorFloatingPoint>(
    _ what: String, _ problem: Problem, _ residual: Tensor<Scalar>, scale: Double, n: Int
  ) {
    let ratio = Self.ratio(residual, scale: scale, n: n)
    #expect(ratio < Self.bound, "\(what) of \(problem), \(Scalar.self): residual \(ratio) n·ε")
  }

  func checkOrthonormal<Scalar: TensorFloatingPoint>(_ what: String, _ problem: Problem, _ columns: Tensor<Scalar>) {
    let k = columns.shape[1]
    check(what, problem, columns.transposed().matmul(columns) - .eye(k), scale: 1, n: Swift.max(columns.shape[0], 1))
  }

  @Test(arguments: problems) func double(_ problem: Problem) throws { try factor(problem, Double.self) }
  @Test(arguments: problems) func float(_ problem: Problem) throws { try factor(problem, Float.self) }

  func factor<Scalar: TensorFloatingPoint>(_ problem: Problem, _: Scalar.Type) throws {
    let a = Self.matrix(problem, Scalar.self)
    let (m, n) = (problem.rows, problem.columns)
    let (size, scale) = (Swift.max(m, n), try Self.norm(a))

    for mode in [QRMode.reduced, .complete] {
      let (q, r) = try a.qr(mode: mode)
      check("Q·R", problem, q.matmul(r) - a, scale: scale, n: size)
      checkOrthonormal("Q", problem, q)
    }
    for full in [false, true] {
      let (u, s, vh) = try a.svd(fullMatrices: full)
      let k = Swift.min(m, n)
      let product = (u.slice(axis: 1, end: k) * s).matmul(vh.slice(axis: 0, end: k))
      check("U·s·Vh", problem, product - a, scale: scale, n: size)
      checkOrthonormal("U", problem, u)
      checkOrthonormal("V", problem, vh.transposed())
      let values = s.scalars
      #expect(zip(values, values.dropFirst()).allSatisfy { $0 >= $1 && $1 >= 0 }, "\(problem): \(values)")
      check("values alone", problem, try a.singularValues() - s, scale: scale, n: size)
    }
    let (p, l, u) = try a.lu()
    check("P·L·U", problem, p.matmul(l).matmul(u) - a, scale: scale, n: size)
    if m > 0 && n > 0 && problem.kind == .uniform && m != n {
      let y = try a.pseudoInverse()
      check("A·A⁺·A", problem, a.matmul(y).matmul(a) - a, scale: scale * scale * (try Self.norm(y)), n: size)
    }
    guard m == n else { return }

    let symmetric = a + a.transposed()
    let (values, vectors) = try symmetric.eigh()
    check("A·V", problem, symmetric.matmul(vectors) - vectors * values, scale: 2 * scale, n: n)
    checkOrthonormal("V", problem, vectors)

    let definite = a.gram() + .eye(n)
    for upper in [false, true] {
      let factor = try definite.cholesky(upper: upper)
      let product = upper ? factor.gram() : factor.matmul(factor.transposed())
      check("Cholesky", problem, product - definite, scale: try Self.norm(definite), n: n)
      let b = Tensor<Scalar>(Self.numbers(n * 2, seed: 9).map { Scalar($0) }, shape: [n, 2])
      let x = try factor.choleskySolve(b, upper: upper)
      check(
        "choleskySolve", problem, definite.matmul(x) - b,
        scale: try Self.norm(definite) * Self.norm(x) + 1, n: n)
    }
    guard problem.kind == .uniform || problem.kind == .hilbert && n <= 8 else { return }
    for k in [1, 3] {
      let b = Tensor<Scalar>(Self.numbers(n * k, seed: 8).map { Scalar($0) }, shape: [n, k])
      let x = try a.solve(b)
      // Normwise: ‖A·X − B‖ / (‖A‖·‖X‖).
      check("solve", problem, a.matmul(x) - b, scale: scale * (try Self.norm(x)), n: n)
    }
    let inverse = try a.inverse()
    check("inverse", problem, a.matmul(inverse) - .eye(n), scale: scale * (try Self.norm(inverse)), n: n)
  }

  /// Large ones of each kind, where blocked algorithms and BLAS's threads are at work.
  @Test(arguments: [
    Problem(rows: 500, columns: 500, kind: .hilbert), Problem(rows: 500, columns: 500, kind: .graded),
    Problem(rows: 500, columns: 500, kind: .deficient), Problem(rows: 1000, columns: 1000, kind: .uniform),
  ]) func large(_ problem: Problem) throws {
    try factor(problem, Float.self)
  }

  @Test func generalEigenvalues() throws {
    for n in [0, 1, 2, 5, 30] {
      let a = Self.matrix(Problem(rows: n, columns: n, kind: .uniform), Double.self)
      let (values, vectors) = try a.eig()
      let (re, im) = (vectors.real, vectors.imaginary)
      let real = a.matmul(re) - (re * values.real - im * values.imaginary)
      let imaginary = a.matmul(im) - (re * values.imaginary + im * values.real)
      let problem = Problem(rows: n, columns: n, kind: .uniform)
      check("eig, real part", problem, real, scale: try Self.norm(a), n: n)
      check("eig, imaginary part", problem, imaginary, scale: try Self.norm(a), n: n)
    }
  }

  /// Each matrix of a batch as if it were alone, small kernels and LAPACK alike.
  @Test(arguments: [1, 3, 4, 5, 8, 12, 13, 16, 17, 24, 40, 70])
  func batches(_ n: Int) throws {
    let count = 70
    let a = Tensor<Double>(Self.numbers(count * n * n, seed: UInt64(n)), shape: [count, n, n])
    let b = Tensor<Double>(Self.numbers(count * n * 2, seed: 77), shape: [count, n, 2])
    let x = try a.solve(b)
    let definite = a.matmul(a.transposed()) + .eye(n)
    let (factor, inverse, determinant) = (try definite.cholesky(), try a.inverse(), a.determinant().scalars)
    for index in 0..<count {
      let (one, right) = (a.select(axis: 0, index: index), b.select(axis: 0, index: index))
      let solution = x.select(axis: 0, index: index)
      let problem = Problem(rows: n, columns: n, kind: .uniform)
      let scale = try Self.norm(one)
      check("solve \(index)", problem, one.matmul(solution) - right, scale: scale * (try Self.norm(solution)), n: n)
      let own = inverse.select(axis: 0, index: index)
      check("inverse \(index)", problem, one.matmul(own) - .eye(n), scale: scale * (try Self.norm(own)), n: n)
      let l = factor.select(axis: 0, index: index)
      let d = definite.select(axis: 0, index: index)
      check("cholesky \(index)", problem, l.matmul(l.transposed()) - d, scale: try Self.norm(d), n: n)
      #expect(determinant[index] == one.determinant().item())
    }
    let ((q, r), (u, s, vh), (values, vectors)) = (try a.qr(), try a.svd(), try definite.eigh())
    let problem = Problem(rows: n, columns: n, kind: .uniform)
    let size = Double(n * n)
    check("Q·R", problem, q.matmul(r) - a, scale: size, n: n)
    check("U·s·Vh", problem, (u * s.unsqueezed(axis: 1)).matmul(vh) - a, scale: size, n: n)
    check(
      "V·w·Vᵀ", problem, (vectors * values.unsqueezed(axis: 1)).matmul(vectors.transposed()) - definite, scale: size,
      n: n)
    // One matrix for all right-hand sides, and one right-hand side for all matrices.
    let shared = a.select(axis: 0, index: 0)
    check(
      "shared matrix", Problem(rows: n, columns: n, kind: .uniform), shared.matmul(try shared.solve(b)) - b,
      scale: try Self.norm(shared) * 1e3, n: n)
    let column = b.select(axis: 0, index: 0)
    let solutions = try a.solve(column)
    #expect(solutions.shape == [count, n, 2])
    #expect(solutions.select(axis: 0, index: 5) == (try a.select(axis: 0, index: 5).solve(column)))
  }
}
