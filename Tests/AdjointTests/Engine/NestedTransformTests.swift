import Testing

@testable import Adjoint

/// Every transformation inside every other, with arguments, with captured variables and with both, against polynomials.
@Suite struct NestedTransformTests {
  private typealias D = Tensor<Double>
  private typealias Polynomial = NestedPolynomial

  /// What an inner function is made of.
  enum Use: CaseIterable {
    /// Its argument, which is the outer variable.
    case argument
    /// The outer variable beside its argument, which is a constant.
    case capture
    /// The outer variable twice.
    case both
  }

  private static let point: [Double] = [1, -2]
  private static let constant = 2.0

  private static func expect(_ found: D, _ expected: Polynomial, _ what: @autoclosure () -> String) {
    let right = point.map { expected.value($0) }
    let isRight = zip(found.scalars, right).allSatisfy { abs($0 - $1) <= 1e-9 * Swift.max(1, abs($1)) }
    #expect(isRight && found.shape == [2], "\(what()): got \(found.scalars), \(right) is right")
  }

  /// x ↦ T(a ↦ p)(…)·x with the inner variable a and the outer variable x, and what it is.
  private static func nested(
    _ inner: NestedTransformation, _ use: Use, _ p: Polynomial, _ x: Polynomial.Variable, _ others: [D]
  ) -> (function: (D) -> D, meaning: Polynomial) {
    let p = use == .argument ? p.replacing(x, by: .a) : p
    let function = { (outer: D) -> D in
      var variables = others
      variables[x.rawValue] = outer
      let transformed = inner.apply { a in
        var all = variables
        all[0] = a
        return p(all)
      }
      return transformed(use == .capture ? D.full([2], constant) : outer) * outer
    }
    let transformed = inner.meaning(p, .a)
    let meaning = use == .capture ? transformed.replacing(.a, by: constant) : transformed.replacing(.a, by: x)
    return (function, meaning.times(x))
  }

  @Test(arguments: NestedTransformation.all.indices) func pairs(_ index: Int) {
    let outer = NestedTransformation.all[index]
    let p = Polynomial([[3, 0, 2]: 1, [1, 0, 1]: 2, [2, 0, 0]: -1, [0, 0, 3]: 1, [4, 0, 1]: 0.5])
    let zero = D.zeros(2)
    for inner in NestedTransformation.all where !(outer.hidesValues && inner.needsValues) {
      for use in Use.allCases {
        let (function, meaning) = Self.nested(inner, use, p, .c, [zero, zero, zero])
        let found = outer.apply(function)(D(Self.point))
        Self.expect(found, outer.meaning(meaning, .c), "\(outer) of \(inner), \(use)")
        #expect(!found.requiresGrad || outer.isTape || inner.isTape, "\(outer) of \(inner), \(use)")
      }
    }
  }

  /// Three levels, with the middle one around an inner function that captures from both.
  @Test(arguments: NestedTransformation.all.indices) func triples(_ index: Int) {
    let outer = NestedTransformation.all[index]
    let p = Polynomial([[3, 2, 2]: 1, [1, 1, 1]: 2, [2, 0, 3]: -1, [4, 1, 0]: 0.5])
    let zero = D.zeros(2)
    let all = NestedTransformation.all
    for (number, middle) in all.enumerated() {
      // Not the whole cube, which takes minutes: every pair of outer ones with two of the inner ones.
      for turn in 0..<2 {
        let other = (index * 5 + number * 3 + turn * 11) % all.count
        let inner = all[other]
        let isHidden = outer.hidesValues || middle.hidesValues
        if isHidden && inner.needsValues || outer.hidesValues && middle.needsValues { continue }
        let uses = Use.allCases
        let (innerUse, middleUse) = (
          uses[(index + number + other) % 3], (index + number) % 2 == 0 ? Use.capture : Use.both
        )
        // T(a ↦ p)·b as a polynomial in b and c, under U by b, and the result under V by c.
        let reduced = Self.nested(inner, innerUse, p, .b, [zero, zero, zero]).meaning
        let atB = middle.meaning(reduced, .b)
        let meaning = (middleUse == .capture ? atB.replacing(.b, by: Self.constant) : atB.replacing(.b, by: .c))
          .times(.c)
        let function = { (c: D) -> D in
          let f = Self.nested(inner, innerUse, p, .b, [zero, zero, c]).function
          return middle.apply(f)(middleUse == .capture ? D.full([2], Self.constant) : c) * c
        }
        let found = outer.apply(function)(D(Self.point))
        Self.expect(
          found, outer.meaning(meaning, .c), "\(outer) of \(middle), \(middleUse), of \(inner), \(innerUse)")
      }
    }
  }

  @Test func theIssuesOwn() {
    #expect(grad(of: { (x: D) in x * grad(of: { (y: D) in x * y * y })(D(2)) })(D(1)).item() == 8)
    let h = { (x: D) in x * jvp(of: { (y: D) in x * y }, at: D(2), along: D(1)).tangent }
    #expect(grad(of: h)(D(3)).item() == 6)
    #expect(hessian(of: h, at: D(3)).item() == 2)
    #expect(
      jacobian(of: { (b: D) in grad(of: { (a: D) in (a * a * b).sum() })(D([2, 3])) }, at: D([1, 2])).scalars
        == [4, 0, 0, 6])
    #expect(
      grad(of: { (b: D) in vjp(of: { (a: D) in (a * a * b).sum() }, at: D([2, 3])).value })(D([1, 2])).scalars == [
        4, 9,
      ])
  }

  /// Siskind and Pearlmutter's example, in every combination of modes: x·d(x + y)/dy is x.
  @Test func perturbationsAreNotConfused() {
    let derivatives: [(@escaping (D) -> D) -> (D) -> D] = [
      { grad(of: $0) }, { f in { jvp(of: f, at: $0, along: D(1)).tangent } }, { f in { jacobian(of: f, at: $0) } },
    ]
    for outer in derivatives {
      for inner in derivatives {
        #expect(outer { x in x * inner { y in x + y }(D(1)) }(D(1)).item() == 1)
        #expect(outer { x in inner { y in x * inner { z in x * y * z }(x) }(x) }(D(3)).item() == 6)
      }
    }
  }

  /// What a checkpoint runs again knows its captured variables then, too.
  @Test func checkpointsCaptureVariables() {
    let inner: [@Sendable (D, D) -> D] = [
      { b, c in b * c }, { b, c in checkpointed(b) { $0 * c } }, { b, c in grad(of: { a in a * a * c })(D(0.5)) * b },
      { b, c in jvp(of: { a in a * c }, at: D(2), along: D(1)).tangent * b },
      { b, c in checkpointed(D(1)) { $0 * c } * b }, { b, c in compiled { (a: D) in a * c }(D(1)) * b },
      { b, c in checkpointed(b) { b in checkpointed(D(1)) { $0 * c * b } } },
    ]
    for (index, f) in inner.enumerated() {
      let whole = { (c: D) in checkpointed(D(3)) { b in f(b, c) * c } }
      #expect(grad(of: whole)(D(2)).item() == 12, "\(index)")
      #expect(jvp(of: whole, at: D(2), along: D(1)).tangent.item() == 12, "\(index)")
      #expect(hessian(of: whole, at: D(2)).item() == 6, "\(index)")
      #expect(vhp(of: whole, at: D(2), along: D(1)).item() == 6, "\(index)")
      #expect(grad(of: { c in grad(of: whole)(c) * c })(D(2)).item() == 24, "\(index)")
      let leaf = D(2, requiresGrad: true)
      whole(leaf).backward()
      #expect(leaf.grad!.item() == 12, "\(index)")
    }
  }

  /// Captured tensors of the tape keep results tracked; what depends on none of them is not.
  @Test func resultsAreTrackedByWhatTheyDependOn() {
    let x = D([1, 2], requiresGrad: true)
    let y = D([3, 4])
    let slope = grad(of: { (y: D) in (x * y * y).sum() })(y)
    #expect(slope.requiresGrad)
    slope.sum().backward()
    #expect(x.grad!.scalars == [6, 8])
    #expect(!grad(of: { (y: D) in (x + y * y).sum() })(y).requiresGrad)
    #expect(!grad(of: { (y: D) in (y * y).sum() })(y).requiresGrad)
    #expect(noGrad { !grad(of: { (y: D) in (x * y * y).sum() })(y).requiresGrad })
    #expect(!grad(of: { (y: D) in (x.detached() * y * y).sum() })(y).requiresGrad)
    let (value, pullback) = vjp(of: { (y: D) in [y * y, x * y] }, at: y)
    #expect(!value[0].requiresGrad && value[1].requiresGrad)
    #expect(pullback([D([1, 1]), D([1, 1])]).requiresGrad)
    let product = jvp(of: { (y: D) in x * y }, at: y, along: D([1, 1]))
    #expect(product.value.requiresGrad && product.tangent.requiresGrad)
    #expect(jacobian(of: { (y: D) in x * y }, at: y).requiresGrad)
    #expect(!jacobian(of: { (y: D) in x + y }, at: y).requiresGrad)
  }

  /// A function under `vmap` that leaves the tape for a moment does so for all examples.
  @Test func noGradHoldsUnderVMap() {
    let f = { (x: D) in vmap { (y: D) in noGrad { x * y } + x * y }(D([1, 2])).sum() }
    #expect(grad(of: f)(D(5)).item() == 3)
  }

  /// The mode around a transformation does not change what it means.
  @Test(arguments: NestedTransformation.all.indices) func noGradAround(_ index: Int) {
    // The tape itself is what the mode is about.
    let transformations = NestedTransformation.all.filter { !$0.isTape }
    guard index < transformations.count else { return }
    let outer = transformations[index]
    let p = Polynomial([[3, 0, 2]: 1, [1, 0, 1]: 2, [2, 0, 0]: -1])
    let zero = D.zeros(2)
    for inner in transformations {
      let (function, meaning) = Self.nested(inner, .both, p, .c, [zero, zero, zero])
      let found = noGrad { outer.apply(function)(D(Self.point)) }
      Self.expect(found, outer.meaning(meaning, .c), "noGrad around \(outer) of \(inner)")
      #expect(!found.requiresGrad)
    }
  }
}
