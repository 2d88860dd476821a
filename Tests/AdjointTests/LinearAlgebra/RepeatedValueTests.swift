import Testing

@testable import Adjoint

/// Second derivatives of functions of eigenvalues and singular values where some of these are equal: right where they exist,
/// NaN where they do not.
@Suite struct RepeatedValueTests {
  private typealias D = Tensor<Double>
  typealias Function = @Sendable (Tensor<Double>) -> Tensor<Double>

  private static let identity = D([[1, 0], [0, 1]])
  private static let exchange = D([[0, 1], [1, 0]])

  private static func eigenvalues(_ a: D) -> D { try! a.eigenvaluesSymmetric() }
  private static func singularValues(_ a: D) -> D { try! a.singularValues() }

  /// Every way to a second derivative of a function of one number.
  nonisolated(unsafe) private static let ways: [(name: String, isRight: Bool, apply: (@escaping (D) -> D) -> Double)] =
    [
      ("hessian", true, { hessian(of: $0, at: D(0)).item() }),
      ("hvp", true, { hvp(of: $0, at: D(0), along: D(1)).item() }),
      ("vhp", true, { vhp(of: $0, at: D(0), along: D(1)).item() }),
      ("grad of grad", true, { f in grad(of: { t in grad(of: f)(t) })(D(0)).item() }),
      ("jacobian of grad, reverse", true, { f in jacobian(of: { grad(of: f)($0) }, at: D(0), mode: .reverse).item() }),
      (
        "jacobian of jacobian, reverse", true,
        { f in jacobian(of: { jacobian(of: f, at: $0, mode: .reverse) }, at: D(0), mode: .reverse).item() }
      ),
      (
        "backward of backward", true,
        { f in
          let t = D(0, requiresGrad: true)
          f(t).backward(createGraph: true)
          let slope = t.grad!
          t.zeroGrad()
          slope.backward()
          return t.grad!.item()
        }
      ),
      (
        "jvp of jvp", false,
        { f in jvp(of: { jvp(of: f, at: $0, along: D(1)).tangent }, at: D(0), along: D(1)).tangent.item() }
      ),
      ("grad of jvp", false, { f in grad(of: { jvp(of: f, at: $0, along: D(1)).tangent })(D(0)).item() }),
      (
        "jacobian of jacobian, forward", false,
        { f in jacobian(of: { jacobian(of: f, at: $0, mode: .forward) }, at: D(0), mode: .forward).item() }
      ),
    ]

  @Test func theIssuesOwn() {
    let functions: [(String, Function, Double)] = [
      ("Σλ²", { Self.eigenvalues($0).square().sum() }, 4), ("Σλ³", { Self.eigenvalues($0).power(3).sum() }, 12),
      ("Σ ln λ", { Self.eigenvalues($0).log().sum() }, -2), ("Σσ²", { Self.singularValues($0).square().sum() }, 4),
      ("Σλ² of eigh", { try! $0.eigh().values.square().sum() }, 4),
      ("Σσ² of svd", { try! $0.svd().s.square().sum() }, 4),
      ("(Σλ)²", { Self.eigenvalues($0).sum().square() }, 0),
      // λ₁·λ₂ = 1 − t².
      ("Πλ", { Self.eigenvalues($0).product() }, -2),
      ("logsumexp λ", { Self.eigenvalues($0).logSumExp() }, 1), ("Σλ", { Self.eigenvalues($0).sum() }, 0),
      ("(Σλ²)·tr A", { Self.eigenvalues($0).square().sum() * $0.trace() }, 8),
    ]
    for (name, f, right) in functions {
      for (way, isRight, apply) in Self.ways {
        let found = apply { t in f(Self.identity + t * Self.exchange) }
        let isFine = abs(found - right) < 1e-10
        #expect(
          isRight && name != "(Σλ²)·tr A" ? isFine : isFine || found.isNaN, "\(way) of \(name): \(found), not \(right)")
      }
    }
  }

  /// What has no second derivative, or none that can be shown, has NaN.
  @Test func whatHasNone() {
    let weights = D([1, 2])
    let functions: [(String, Function)] = [
      ("λ₂", { Self.eigenvalues($0)[1] }), ("λ₁²", { Self.eigenvalues($0)[0].square() }),
      ("Σ i·λᵢ²", { (Self.eigenvalues($0).square() * weights).sum() }),
      ("Σ λᵢ·Aᵢᵢ", { (Self.eigenvalues($0) * $0.diagonal()).sum() }),
      ("σ₁ − σ₂", { (Self.singularValues($0).square() * weights).sum() }),
      ("projector", { a in (try! a.eigh().vectors[0...1, 0...0]).square().sum().square() * Self.eigenvalues(a)[0] }),
    ]
    for (name, f) in functions {
      for (way, _, apply) in Self.ways where !way.contains("jvp") && !way.contains("forward") {
        let found = apply { t in f(Self.identity + t * Self.exchange) }
        #expect(found.isNaN, "\(way) of \(name): \(found)")
      }
    }
    // The product of two decompositions is Σλ², but neither factor by itself is a function of that kind.
    let product = hvp(
      of: { t in
        let a = Self.identity + t * Self.exchange
        return (Self.eigenvalues(a) * Self.eigenvalues(a)).sum()
      }, at: D(0), along: D(1)
    ).item()
    #expect(product.isNaN || abs(product - 4) < 1e-10, "\(product)")
    // The third derivative of (1 + t)³ + (1 − t)³ + (1 + t)⁴ + (1 − t)⁴ at 0 is 0.
    let third = grad(of: { t in
      hvp(
        of: { t in
          let values = Self.eigenvalues(Self.identity + t * Self.exchange)
          return (values.power(3) + values.power(4)).sum()
        }, at: t, along: D(1))
    })(D(0)).item()
    #expect(third.isNaN || abs(third) < 1e-9, "\(third)")
  }

  private static func expect(_ found: D, _ right: D, _ what: String) {
    let (found, right) = (found.scalars, right.scalars)
    let size = right.map { abs($0) }.max()!
    #expect(zip(found, right).allSatisfy { abs($0 - $1) <= 1e-9 * size }, "\(what): \(found), not \(right)")
  }

  /// A = Q·diag(λ)·Qᵀ with some equal, and directions that mix everything.
  private static func symmetric(_ values: [Double]) -> (a: D, t: D) {
    let n = values.count
    let generator = RandomGenerator(seed: 11)
    let m = D.randn(n, n, generator: generator)
    let q = try! m.qr().q
    let a = (q * D(values)).matmul(q.transposed())
    let t = D.randn(n, n, generator: generator)
    return ((a + a.transposed()) * 0.5, t + t.transposed())
  }

  /// Against derivatives of traces, which know no eigenvalues.
  @Test(arguments: [[2, 2, 5], [1, 1, 1], [3, 3, 7, 7], [1, 2, 3], [4, 4, 4, 9, 1]]) func traces(_ values: [Double]) {
    let (a, t) = Self.symmetric(values)
    let inverse = try! a.inverse()
    let functions: [(String, Function, D)] = [
      ("Σλ²", { Self.eigenvalues($0).square().sum() }, t * 2),
      ("Σλ³", { Self.eigenvalues($0).power(3).sum() }, (a.matmul(t) + t.matmul(a)) * 3),
      ("Σ ln λ", { Self.eigenvalues($0).log().sum() }, -inverse.matmul(t).matmul(inverse)),
      (
        "(Σλ²)²", { Self.eigenvalues($0).square().sum().square() },
        t * 4 * (a * a).sum() + a * 8 * (a * t).sum()
      ),
    ]
    // Matrices count as symmetric: so do derivatives by them.
    func half(_ m: D) -> D { (m + m.transposed()) * 0.5 }
    for (name, f, right) in functions {
      Self.expect(half(hvp(of: { f($0) }, at: a, along: t)), right, "hvp of \(name) at \(values)")
      Self.expect(half(vhp(of: { f($0) }, at: a, along: t)), right, "vhp of \(name) at \(values)")
      let n = values.count
      let matrix = hessian(of: { f($0) }, at: a).reshaped(n * n, n * n)
      Self.expect(half(matrix.matmul(t.reshaped(n * n)).reshaped(n, n)), right, "hessian of \(name) at \(values)")
    }
  }

  /// Wide, high and square matrices with singular values that are equal, zero, or both.
  @Test(arguments: [[2, 2], [3, 0], [0, 0], [2, 1], [2, 2, 0, 0], [5, 1, 1]])
  func singularTraces(_ values: [Double]) {
    let k = values.count
    let generator = RandomGenerator(seed: 12)
    for (m, n) in [(k, k), (k + 2, k), (k, k + 1)] {
      let u = try! D.randn(m, m, generator: generator).qr().q[0..<m, 0..<k]
      let v = try! D.randn(n, n, generator: generator).qr().q[0..<n, 0..<k]
      let a = (u * D(values)).matmul(v.transposed())
      let t = D.randn(m, n, generator: generator)
      let (at, tt) = (a.transposed(), t.transposed())
      let fourth = (t.matmul(at).matmul(a) + a.matmul(tt).matmul(a) + a.matmul(at).matmul(t)) * 4
      let functions: [(String, Function, D)] = [
        ("Σσ²", { Self.singularValues($0).square().sum() }, t * 2),
        (
          "Σσ² + Σσ⁴", { Self.singularValues($0).square().sum() + Self.singularValues($0).power(4).sum() },
          t * 2 + fourth
        ),
      ]
      for (name, f, right) in functions {
        Self.expect(hvp(of: { f($0) }, at: a, along: t), right, "hvp of \(name), \(m) × \(n) with \(values)")
        Self.expect(vhp(of: { f($0) }, at: a, along: t), right, "vhp of \(name), \(m) × \(n) with \(values)")
      }
      // Σσ has a corner where a singular value is zero, and none elsewhere.
      let nuclear = hvp(of: { Self.singularValues($0).sum() }, at: a, along: t).scalars
      #expect(nuclear.allSatisfy { $0.isNaN == values.contains(0) }, "Σσ, \(m) × \(n) with \(values): \(nuclear)")
    }
  }

  /// Of a stack, only the matrices with repeated values are special.
  @Test func stacks() {
    let (a, s) = Self.symmetric([2, 2, 5])
    let (b, t) = Self.symmetric([1, 2, 4])
    let (stack, along) = (D.stack([a, b], axis: 0), D.stack([s, t], axis: 0))
    let cubes = hvp(of: { Self.eigenvalues($0).power(3).sum() }, at: stack, along: along)
    for (index, (a, t)) in [(a, s), (b, t)].enumerated() {
      Self.expect(cubes[index], (a.matmul(t) + t.matmul(a)) * 3, "matrix \(index)")
    }
    let least = hvp(of: { Self.eigenvalues($0)[0..., 0].square().sum() }, at: stack, along: along)
    #expect(least[0].scalars.allSatisfy { $0.isNaN } && least[1].scalars.allSatisfy { $0.isFinite }, "\(least)")
  }

  /// Of general matrices: right where values are apart, NaN where they are equal.
  @Test func generalMatrices() {
    let square = { (a: D) in
      let values = try! a.eigenvalues()
      return (values.real.square() - values.imaginary.square()).sum()
    }
    let t = D([[1, 2], [-3, 0.5]])
    for (name, a) in [("apart", D([[1, 2], [0.5, 3]])), ("complex", D([[1, 2], [-2, 1]]))] {
      // Σλ² = tr A².
      Self.expect(hvp(of: square, at: a, along: t), t.transposed() * 2, "hvp, \(name)")
      Self.expect(vhp(of: square, at: a, along: t), t.transposed() * 2, "vhp, \(name)")
    }
    for (name, found) in [
      ("hvp", hvp(of: square, at: Self.identity, along: t)), ("vhp", vhp(of: square, at: Self.identity, along: t)),
    ] { #expect(found.scalars.allSatisfy { $0.isNaN }, "\(name): \(found)") }
    Self.expect(grad(of: square)(Self.identity), Self.identity * 2, "gradient")
  }

  /// The orthogonal factor of A is smooth wherever A is regular, whatever its singular values.
  @Test func polarFactor() {
    let skew = D([[0, 3], [-3, 0]])
    let factor: Function = { a in
      let (u, _, vh) = try! a.svd()
      return u.matmul(vh)
    }
    Self.expect(jvp(of: { factor($0) }, at: Self.identity * 2, along: skew).tangent, skew * 0.5, "jvp")
    Self.expect(vjp(of: { factor($0) }, at: Self.identity * 2).pullback(skew), skew * 0.5, "vjp")
    let symmetric = D([[1, 2], [2, 5]])
    #expect(
      jvp(of: { factor($0) }, at: Self.identity * 2, along: symmetric).tangent.scalars.allSatisfy { abs($0) < 1e-12 })
  }
}
