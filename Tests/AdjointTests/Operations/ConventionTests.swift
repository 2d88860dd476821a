import Testing

@testable import Adjoint

/// Derivatives at places where a convention decides: NaN among extremes, rows of −∞, branches that are not taken, places that
/// are written twice, and factors of 0.
@Suite struct ConventionTests {
  typealias D = Tensor<Double>

  private func gradient(_ x: [Double], _ f: (D) -> D) -> [Double] {
    let x = D(x, requiresGrad: true)
    f(x).backward()
    return x.grad!.scalars
  }

  @Test func extremesWithNaN() {
    for (name, f) in [
      ("max", { $0.max() }), ("min", { $0.min() }), ("amax", { $0.amax() }), ("amin", { $0.amin() }),
      ("median", { $0.median() }), ("amax of rows", { $0.reshaped([2, 2]).amax(axes: [0, 1]) }),
    ] as [(String, (D) -> D)] {
      #expect(gradient([1, .nan, 3, 2], f) == [0, 1, 0, 0], "\(name) of one NaN")
      #expect(gradient([.nan, 1, .nan, 2], f) == [0.5, 0, 0.5, 0], "\(name) of two")
    }
    #expect(gradient([1, 3, 3, 2]) { $0.max() } == [0, 0.5, 0.5, 0])
    #expect(gradient([1, 2, .nan, 4, 5, 6]) { $0.reshaped([2, 3]).amax(axis: 1).sum() } == [0, 0, 1, 0, 0, 1])
    let tangent = jvp(of: { (x: D) in x.max() }, at: D([1, .nan, 3]), along: D([5, 7, 11])).tangent
    #expect(tangent.item() == 7)
  }

  @Test func logarithmsOfNothing() {
    let nothing = -Double.infinity
    let rows: [Double] = [nothing, nothing, 0, 0, nothing, 1]
    func y(_ x: D) -> D { x.reshaped([3, 2]).logSumExp(axis: 1) }
    // What nobody asks for is 0.
    let masked = gradient(rows) { (y($0) * D([0, 1, 1])).sum() }
    #expect(masked == [0, 0, 0.5, 0.5, 0, 1])
    // What somebody asks for is undefined.
    let asked = gradient(rows) { y($0).sum() }
    #expect(asked[0].isNaN && asked[1].isNaN && Array(asked[2...]) == [0.5, 0.5, 0, 1])
    #expect(y(D(rows)).scalars[0] == nothing)
    let forward = jvp(of: y, at: D(rows), along: [0, 0, 1, 0, 0, 0]).tangent.scalars
    #expect(forward == [0, 0.5, 0])
    let pairs = { (x: D) in D.logAddExp(x, x.flipped(0)) }
    #expect(gradient([nothing, nothing]) { (pairs($0) * 0).sum() } == [0, 0])
    #expect(gradient([nothing, nothing]) { pairs($0).sum() }.allSatisfy { $0.isNaN })
    #expect(gradient([nothing, 1]) { pairs($0).sum() } == [0, 2])
    #expect(gradient([2, 2]) { pairs($0).sum() } == [1, 1])
    // Second derivatives of ordinary rows are those of softmax, also along tangents that are 0 themselves.
    let h = hessian(of: { (x: D) in x.logSumExp() }, at: [0, 0]).scalars
    #expect(h == [0.25, -0.25, -0.25, 0.25])
    for f in [
      { (t: D) in D.stack([t.square(), t * 0]).logSumExp() }, { (t: D) in D.logAddExp(t.square(), t * 0) },
    ] as [@Sendable (D) -> D] {
      let second = jvp(of: { jvp(of: f, at: $0, along: D(1)).tangent }, at: D(0), along: D(1)).tangent
      #expect(second.item() == 1)
      #expect(grad(of: { grad(of: f)($0) })(D(0)).item() == 1)
    }
  }

  /// Neither 0 · ∞ of a branch that is not taken, through a chain of elementwise functions.
  @Test func branchesNotTaken() {
    let x: [Double] = [-1, 0, 4]
    for (name, f, expected) in [
      ("√x", { D.where($0 .> 0, $0.sqrt(), 0) }, [0, 0, 0.25]),
      ("ln x", { D.where($0 .> 0, $0.log(), 0) }, [0, 0, 0.25]),
      ("1/x", { D.where($0 .> 0, 1 / $0, 0) }, [0, 0, -0.0625]),
      ("x^½", { D.where($0 .> 0, $0.power(0.5), 0) }, [0, 0, 0.25]),
      ("ln √x", { D.where($0 .> 0, $0.sqrt().log(), 0) }, [0, 0, 0.125]),
      ("ln √x + 3√x", { D.where($0 .> 0, $0.sqrt().log() + 3 * $0.sqrt(), 0) }, [0, 0, 0.875]),
      ("ln √x beside x", { D.where($0 .> 0, $0.sqrt().log(), $0) }, [1, 1, 0.125]),
      ("relu of ln", { D.where($0 .<= 0, 0, $0.log().relu()) }, [0, 0, 0.25]),
    ] as [(String, (D) -> D, [Double])] {
      #expect(gradient(x) { f($0).sum() } == expected, "\(name)")
      #expect(gradient(x) { f($0 * 1).sum() } == expected, "\(name) of a product")
      let tangent = jvp(of: f, at: D(x), along: .ones(3)).tangent.scalars
      #expect(tangent == expected, "\(name), forward")
    }
    // The second derivative too.
    let second = hvp(of: { (x: D) in D.where(x .> 0, x.log(), 0).sum() }, at: D(x), along: .ones(3)).scalars
    #expect(second == [0, 0, -0.0625])
    // Masks that are not the same are added as they are.
    let both = gradient(x) { x in (D.where(x .> 0, x.log(), 0) + D.where(x .> 1, x.sqrt(), 0)).sum() }
    #expect(both == [0, 0, 0.5])
  }

  @Test func factorsOfZero() {
    let bad = D([.nan, 1, .infinity, 2], shape: [2, 2])
    let c = D([[1, 2], [3, 4]])
    #expect(c.addingMatrixProduct(bad, c, alpha: 0).scalars == [1, 2, 3, 4])
    #expect(c.addingMatrixProduct(bad, c, alpha: 0, beta: 2).scalars == [2, 4, 6, 8])
    #expect(bad.addingMatrixProduct(c, c, beta: 0).scalars == [7, 10, 15, 22])
    #expect(bad.addingMatrixProduct(bad, c, alpha: 0, beta: 0).scalars == [0, 0, 0, 0])
    #expect(D([5]).addingMatrixProduct(bad, c, alpha: 0).scalars == [5, 5, 5, 5])
    #expect(D([1, 2]).addingMatrixVectorProduct(bad, D([1, 1]), alpha: 0).scalars == [1, 2])
    #expect(c.addingOuterProduct(D([.nan, 1]), D([1, 1]), alpha: 0).scalars == [1, 2, 3, 4])
    let stack = c.reshaped([1, 2, 2])
    #expect(stack.addingBatchedMatrixProduct(bad.reshaped([1, 2, 2]), stack, alpha: 0).scalars == [1, 2, 3, 4])
  }

  @Test func conditionOfZeros() throws {
    #expect(try D.zeros(2, 2).conditionNumber().item() == .infinity)
    #expect(try D.zeros(3, 2).conditionNumber().item() == .infinity)
    #expect(try D.zeros(2, 2).conditionNumber(.one).item() == .infinity)
    #expect(try D.zeros(2, 2).conditionNumber(.minusTwo).item() == 0)
    #expect(try D([[0, 0], [0, 3]]).conditionNumber().item() == .infinity)
    #expect(try D([[2, 0], [0, 4]]).conditionNumber().item() == 2)
  }

  /// What is written over has no derivative.
  @Test func placesWrittenTwice() {
    let weights = D([1, 10, 100])
    func check(_ name: String, _ source: [Double], _ expected: [Double], _ f: (D, D) -> D) {
      let (x, s) = (D([0, 0, 0], requiresGrad: true), D(source, requiresGrad: true))
      (f(x, s) * weights).sum().backward()
      #expect(x.grad!.scalars == [1, 0, 0], "\(name)")
      #expect(s.grad!.scalars == expected, "\(name)")
    }
    check("scatter", [5, 6, 7], [0, 10, 100]) { $0.scatter(axis: 0, at: [1, 1, 2], $1) }
    check("scatter", [5, 6, 7], [0, 100, 10]) { $0.scatter(axis: 0, at: [2, 2, 1], $1) }
    check("scatter", [5, 6, 7], [100, 0, 10]) { $0.scatter(axis: 0, at: [2, 1, 1], $1) }
    check("indexCopy", [5, 6, 7], [0, 10, 100]) { $0.indexCopy(axis: 0, at: [1, 1, 2], $1) }
    // Along both axes of a matrix, in a batch, and as a transpose: ⟨g, J·t⟩ = ⟨Jᵀ·g, t⟩.
    let index = Tensor<Int>([[0, 1, 1], [2, 2, 0], [1, 1, 1]])
    for axis in [0, 1] {
      let f = { (s: D) in D.zeros(3, 3).scatter(axis: axis, at: index, s) }
      let (s, g, t) = (
        D.arange(9).reshaped([3, 3]), D.arange(9).reshaped([3, 3]) + 1, D.arange(9).reshaped([3, 3]) * 3 - 7
      )
      let forward = (jvp(of: f, at: s, along: t).tangent * g).sum().item()
      let backward = (vjp(of: f, at: s).pullback(g) * t).sum().item()
      #expect(forward == backward, "axis \(axis)")
      let mapped = vmap { (s: D) in vjp(of: f, at: s).pullback(g) }(D.stack([s, 2 * s]))
      #expect(mapped[0].scalars == vjp(of: f, at: s).pullback(g).scalars, "axis \(axis)")
    }
  }
}

/// Digits that a formula of few operations lost.
@Suite struct LostDigitTests {
  @Test func groupNormOfLargeNumbers() {
    typealias F = Tensor<Float>
    let x = F((0..<8).map { 8e6 + Float($0) }, shape: [1, 8])
    let (grouped, layered) = (groupNorm(x, groups: 1), layerNorm(x, normalizedShape: [8]))
    #expect(grouped.scalars == layered.scalars)
    #expect(abs(grouped.scalars[0] + 1.5275252) < 2e-6)
  }

  @Test func slopes() {
    typealias D = Tensor<Double>
    func slope(_ x: Double, _ f: (D) -> D) -> Double {
      let x = D([x], requiresGrad: true)
      f(x).sum().backward()
      return x.grad!.scalars[0]
    }
    // e⁻⁴⁰ and not 0.
    #expect(abs(slope(-40) { $0.expm1() } / 4.248354255291589e-18 - 1) < 1e-14)
    #expect(abs(slope(-40) { $0.elu() } / 4.248354255291589e-18 - 1) < 1e-14)
    let far = D([1e12], requiresGrad: true)
    D.logAddExp2(far, D([1e12 - 1])).sum().backward()
    #expect(abs(far.grad!.scalars[0] - 2 / 3.0) < 1e-15)
    #expect(D.logAddExp2(D([-.infinity, .infinity, 3]), D([-.infinity, 1, 3])).scalars == [-.infinity, .infinity, 4])
    let source = D([.nan, 1], requiresGrad: true)
    D([0]).scatterReduce(axis: 0, at: [0, 0], source, reduction: .maximum).sum().backward()
    #expect(source.grad!.scalars == [1, 0])
  }
}
