import Testing

@testable import Adjoint

/// Transformations of functions that mix elements, differentiated in both modes and twice, against finite differences.
@Suite struct NestedDifferenceTests {
  private typealias D = Tensor<Double>

  private static let w = D([[0.5, -1.2], [0.7, 0.3]])

  private static func products(_ a: D, _ b: D) -> D { w.matmul(a * b).tanh() * (a + b) }
  private static func softmax(_ a: D, _ b: D) -> D { (a * b + a).softmax(axis: 0) * w.matmul(b) }
  private static func sums(_ a: D, _ b: D) -> D { (a.exp() * b).cumulativeSum(axis: 0) * a.flipped(0) }
  private static func norms(_ a: D, _ b: D) -> D {
    let difference: D = a - b * 2
    return a * difference.norm() * b.sum()
  }
  private static func slices(_ a: D, _ b: D) -> D {
    let (first, last): (D, D) = (a[..<1], a[1...])
    return D.concatenate([last * b[..<1], (first * first).sin() * b.sum()], axis: 0)
  }
  private static func outer(_ a: D, _ b: D) -> D { a.outer(b).matmul(a.outer(a)).sum(axis: 0) }
  private static func solutions(_ a: D, _ b: D) -> D {
    let matrix: D = w + a.outer(a) * 0.1 + D([[3, 0], [0, 3]])
    return try! matrix.solve(b * a)
  }
  private static func maxima(_ a: D, _ b: D) -> D { D.stack([(a * b).max(), (a + b).min()], axis: 0) * a }
  private static func custom(_ a: D, _ b: D) -> D {
    let cube = CustomOperation<Double>(
      "Cube", forward: { x in x[0] * x[0] * x[0] }, vectorJacobianProduct: { x, _, g in [g * x[0] * x[0] * 3] })
    return cube(a * b) * a.sum()
  }
  private static func checkpoints(_ a: D, _ b: D) -> D {
    checkpointed(a) { a in
      let inner = checkpointed(a * b) { (x: D) in x * a }
      return (a * b.sum()).sin() * inner
    }
  }

  nonisolated(unsafe) private static let functions: [(name: String, body: (D, D) -> D)] = [
    ("products and tanh", products), ("softmax", softmax), ("running sums", sums), ("norms", norms), ("slices", slices),
    ("outer products", outer), ("solutions", solutions), ("maxima", maxima), ("custom operations", custom),
    ("checkpoints", checkpoints),
  ]

  private static let uses = ["argument", "capture", "both"]

  @Test(arguments: functions.indices) func secondOrder(_ index: Int) throws {
    let (name, f) = Self.functions[index]
    let (point, constant) = (D([0.4, -0.9]), D([1.1, 0.6]))
    for (number, inner) in NestedTransformation.all.enumerated() where !inner.isTape {
      // Factorisations are not mapped, and not recorded.
      if name == "solutions" && inner.hidesValues { continue }
      let use = Self.uses[(index + number) % 3]
      let function = { (x: D) -> D in
        let transformed = inner.apply { a in use == "argument" ? f(a, a) : f(a, x) }
        return transformed(use == "capture" ? constant : x) * x
      }
      do {
        try checkGradients(of: function, at: point, order: 2, tolerance: 1e-6)
      } catch { Issue.record("\(inner) of \(name), \(use): \(error)") }
    }
  }

  /// Jacobians of what captured, by every element, in both modes and in chunks, agree.
  @Test(arguments: functions.indices) func jacobiansAgree(_ index: Int) {
    let (name, f) = Self.functions[index]
    let (point, constant) = (D([0.4, -0.9]), D([1.1, 0.6]))
    for inner in NestedTransformation.all where !(name == "solutions" && inner.hidesValues) {
      let function = { (x: D) -> D in inner.apply { a in f(a, x) }(constant) }
      let forward = jacobian(of: function, at: point, mode: .forward).scalars
      for (mode, found) in [
        ("reverse", jacobian(of: function, at: point, mode: .reverse)),
        ("forward in chunks", jacobian(of: function, at: point, mode: .forward, chunkSize: 1)),
        ("reverse in chunks", jacobian(of: function, at: point, mode: .reverse, chunkSize: 1)),
        ("jacobians", jacobians(of: { function($0[0]) }, at: [point])[0]),
      ] {
        let isRight = zip(found.scalars, forward).allSatisfy { abs($0 - $1) < 1e-9 * Swift.max(1, abs($1)) }
        #expect(isRight, "\(inner) of \(name), \(mode): \(found.scalars), not \(forward)")
      }
    }
  }
}
