import Dispatch
import Synchronization
import Testing

@testable import Adjoint

/// Functions inside functions, as programs have them.
@Suite struct NestedCaptureTests {
  private typealias D = Tensor<Double>

  private static func expect(
    _ found: D, _ right: [Double], _ what: String, location: SourceLocation = #_sourceLocation
  ) {
    let isRight = found.scalars.count == right.count && zip(found.scalars, right).allSatisfy { abs($0 - $1) < 1e-9 }
    #expect(isRight, "\(what): \(found.scalars), not \(right)", sourceLocation: location)
  }

  /// Meta-learning: the derivative of a loss after some steps of gradient descent by where they began, by the step size and
  /// by what the inner loss captured.
  @Test func gradientDescentIsDifferentiable() {
    // x ← x − r·c·x per step for the loss ½·c·x²; (1 − r·c)³·x₀ after three.
    func end(_ start: D, _ rate: D, _ c: D) -> D {
      var x = start
      for _ in 0..<3 { x = x - rate * grad(of: { x in (x * x * c * 0.5).sum() })(x) }
      return x
    }
    let (x, r, c) = (2.0, 0.1, 3.0)
    let q = 1 - r * c
    let (dx, dr, dc) = vjp(of: { (x: D, r: D, c: D) in end(x, r, c) }, at: D(x), D(r), D(c)).pullback(D(1))
    Self.expect(dx, [q * q * q], "by the start")
    Self.expect(dr, [-3 * q * q * c * x], "by the rate")
    Self.expect(dc, [-3 * q * q * r * x], "by the captured factor")
    Self.expect(hessian(of: { end(D(x), D(r), $0) }, at: D(c)), [6 * q * r * r * x], "twice by the factor")
    // The same with a leaf of the tape.
    let leaf = D(c, requiresGrad: true)
    end(D(x), D(r), leaf).backward()
    Self.expect(leaf.grad!, [-3 * q * q * r * x], "on the tape")
  }

  /// The penalty on a network's input gradient trains the weights that the network captures.
  @Test func gradientPenalty() {
    let w = D([[1, -2], [0.5, 3]], requiresGrad: true)
    let x = D([0.3, -0.7])
    let penalty = { (w: D) in grad(of: { x in w.matmul(x).square().sum() })(x).square().sum() }
    penalty(w).backward()
    // ∇ₓ = 2·Wᵀ·W·x =: 2·Wᵀ·u; by W: 8·(u·(Wᵀ·u)ᵀ + W·Wᵀ·u·xᵀ).
    let plain = w.detached()
    let u = plain.matmul(x)
    let v = plain.transposed().matmul(u)
    let right = (u.outer(v) + plain.matmul(v).outer(x)) * 8
    Self.expect(w.grad!, right.scalars, "penalty")
    Self.expect(grad(of: penalty)(plain), right.scalars, "penalty as a function")
  }

  @Test func pullbacksAndPushforwardsAreUsedLater() {
    let escaping = { (x: D) -> D in
      let (_, pullback) = vjp(of: { y in x * y * y }, at: D(2))
      return pullback(x)
    }
    Self.expect(grad(of: escaping)(D(3)), [24], "4·x²")
    let pushing = { (x: D) -> D in
      let (_, pushforward) = linearize(of: { y in x * y * y }, at: x)
      return pushforward(D(1)) * pushforward(x)
    }
    // 2·x²·2·x³
    Self.expect(grad(of: pushing)(D(2)), [320], "4·x⁵")
    let along = { (x: D) in jvp(of: { y in y * y * y }, at: D(2), along: x * x).tangent }
    Self.expect(grad(of: along)(D(3)), [72], "12·x²")
    let leaf = D(5, requiresGrad: true)
    let (value, pullback) = vjp(of: { y in leaf * y }, at: D(2))
    pullback(D(3)).backward()
    Self.expect(leaf.grad!, [3], "a pullback on the tape")
    #expect(value.requiresGrad)
  }

  @Test func compiledVmapsAndTheRest() {
    let xs = D([[1, 2], [3, 4]])
    let f = { (c: D) -> D in
      let square = compiled { (x: D) in (x * x * c).sum() }
      return vmap { square($0) }(xs).sum()
    }
    Self.expect(grad(of: f)(D(2)), [30], "vmap of compiled")
    let perExample = { (c: D) in vmap(grad(of: { x in (x * x * c).sum() }))(xs) }
    Self.expect(jacobian(of: perExample, at: D(2)), [2, 4, 6, 8], "Jacobian of gradients per example")
    Self.expect(
      jacobian(of: { c in jacobian(of: { x in x * x * c }, at: D([1, 2]), mode: .reverse, chunkSize: 1) }, at: D(3)),
      [2, 0, 0, 4], "chunks of a captured thing")
    let w = D([2, 3], requiresGrad: true)
    jacobian(of: { x in x * x * w }, at: D([1, 2]), chunkSize: 1).sum().backward()
    Self.expect(w.grad!, [2, 4], "chunks on the tape")
    w.zeroGrad()
    compiled { (x: D) in grad(of: { x in (x * x * w).sum() })(x) }(D([1, 2])).sum().backward()
    Self.expect(w.grad!, [2, 4], "a compiled gradient on the tape")
    let step = compiled { (x: D) in grad(of: { y in (y * y * x).sum() })(D([1, 2])) }
    Self.expect(step(D([5, 6])), [10, 24], "compiled with an argument that the inner function captures")
    Self.expect(jacobian(of: { step($0) }, at: D([5, 6])), [2, 0, 0, 4], "Jacobian of it")
    Self.expect(
      vmap { (c: D) in compiled { (x: D) in x * c }(D([1, 2])) }(D([3, 4])), [3, 6, 4, 8],
      "compiled that captures an example")
    Self.expect(
      vmap { (c: D) in checkpointed(D([1, 2])) { $0 * c } }(D([3, 4])), [3, 6, 4, 8],
      "checkpoint that captures an example")
    Self.expect(
      grad(of: { (b: D) in vmap { (c: D) in checkpointed(D([1, 2])) { $0 * c * b } }(D([3, 4])).sum() })(D(1)), [21],
      "and a variable")
    Self.expect(
      vmap { (c: D) in hessian(of: { x in (x * x * x * c).sum() }, at: D([1, 2])) }(D([1, 2])),
      [6, 0, 0, 12, 12, 0, 0, 24], "Hessians per example")
    let (a, b) = jacobians(of: { (x: D, y: D) in x * y * w.detached() }, at: D([1, 2]), D([3, 4]))
    Self.expect(a, [6, 0, 0, 12], "first")
    Self.expect(b, [2, 0, 0, 6], "second")
    let both = { (c: D) -> D in
      let (a, b) = jacobians(of: { (x: D, y: D) in x * y * c }, at: D([1, 2]), c)
      return a.sum() + b.sum()
    }
    // Σ y·c + x·c with y = c.
    Self.expect(grad(of: both)(D([3, 4])), [7, 10], "Jacobians of several inputs")
  }

  /// A hook on a result inside a function sees its gradient in every derivative that passes.
  @Test func hooksInsideFunctions() {
    let f = { (x: D) -> D in
      let y = x * x
      y.registerHook { (g: D) -> D? in g * 10 }
      return y * x
    }
    // x³ with the cotangent of x² times ten: 20·x² + x².
    Self.expect(grad(of: f)(D(2)), [84], "gradient")
    Self.expect(grad(of: { c in grad(of: { y in f(y) * c })(D(2)) })(D(3)), [84], "by what it captures")
    Self.expect(jacobian(of: { f($0) }, at: D([1, 2]), mode: .reverse), [21, 0, 0, 84], "Jacobian")
    // Of the hooked gradient 21·c·x²: what the hook makes is differentiated, and hooked, as it is.
    let w = D(3, requiresGrad: true)
    w.registerHook { (g: D) -> D? in g + 1 }
    grad(of: { y in y * y * w })(D(2)).backward()
    Self.expect(w.grad!, [5], "hook of a captured leaf")
  }

  @Test func severalTasksAndThreads() async {
    await withTaskGroup(of: Bool.self) { group in
      for task in 0..<8 {
        group.addTask {
          (1...40).allSatisfy { round in
            let (a, b) = (Double(task + 1), Double(round))
            let f = { (x: D) in x * grad(of: { y in x * y * y })(D(b)) }
            return grad(of: f)(D(a)).item() == 4 * a * b && hessian(of: f, at: D(a)).item() == 4 * b
          }
        }
      }
      for await isRight in group { #expect(isRight) }
    }
    // Threads that a function starts know nothing of the task, and everything of the variables.
    let f = { (x: D) -> D in
      let parts = Mutex([D?](repeating: nil, count: 4))
      DispatchQueue.concurrentPerform(iterations: 4) { index in
        let part = grad(of: { y in x * y * y * Double(index + 1) })(D(2))
        parts.withLock { $0[index] = part }
      }
      return parts.withLock { $0.reduce(D(0)) { $0 + $1! } } * x
    }
    Self.expect(grad(of: f)(D(3)), [240], "threads")
    Self.expect(hvp(of: f, at: D(3), along: D(1)), [80], "threads, twice")
  }

  @Test func throwingFunctions() throws {
    struct Failure: Error {}
    let x = D(2)
    #expect(throws: Failure.self) { try vjp(of: { (_: D) throws -> D in throw Failure() }, at: x) }
    let f = { (x: D) throws -> D in
      try jvp(of: { (y: D) throws -> D in try D([[1]]).solve(x * y) }, at: D([1]), along: D([3])).tangent
    }
    Self.expect(try jacobian(of: f, at: D([2])), [3], "solve")
  }

  @Test func manyLevels() {
    // d⁶/dx⁶ of x⁶·c, with c captured at every level.
    func derivative(_ level: Int, _ f: @escaping (D) -> D) -> (D) -> D {
      if level == 0 { return f }
      let next = derivative(level - 1, f)
      return level % 2 == 0 ? grad(of: { next($0) }) : { jvp(of: next, at: $0, along: D(1)).tangent }
    }
    let power = { (c: D) in derivative(6) { x in x * x * x * x * x * x * c }(D(1)) }
    Self.expect(grad(of: power)(D(2)), [720], "six levels and a capture")
  }

  /// Inner derivatives cost what the inner function does, not what lies before: ten times the steps, ten times the nodes.
  @Test func longOuterFunctions() {
    func end(_ start: D, _ steps: Int) -> D {
      var x = start
      for _ in 0..<steps { x = x - 0.001 * grad(of: { x in (x * x).sum() })(x) }
      return x
    }
    let slope = grad(of: { end($0, 2000).sum() })(D([1, 2])).scalars
    let right = (0..<2000).reduce(1.0) { q, _ in q * (1 - 0.002) }
    #expect(slope.allSatisfy { abs($0 - right) < 1e-12 }, "\(slope)")
  }
}
