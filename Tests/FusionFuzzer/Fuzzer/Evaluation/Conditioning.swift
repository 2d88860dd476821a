import Adjoint

/// How far rounding alone can move a result.
///
/// Where sums are added in another order, results differ in their last bits, and what follows may make that large. So a
/// suspect is run again step by step with noise of a few hundred units in the last place in every result: what moves as
/// far as the suspicious difference is no fault. It costs several runs, but only a suspect has to pay for it.
struct Conditioning<Scalar: TensorFloatingPoint> {
  let program: Program
  let mode: Mode
  let shapes: [[Int]]

  /// What a difference may be, relative to the largest element, before it is a suspect.
  static var tolerance: Double { Scalar.self == Float.self ? 1e-4 : 1e-11 }

  private static var noise: Double { Scalar.self == Float.self ? 1e-5 : 1e-13 }

  /// The results of a step-by-step run.
  func results(_ inputs: [Tensor<Scalar>], noise: Double = 0, seed: UInt64 = 0) -> [[Double]] {
    let run = Stepwise<Scalar>(program: program, noise: noise, noiseSeed: seed).run(mode, inputs, shapes: shapes)
    return run.arrays(program, mode)
  }

  /// The first difference that noise does not explain.
  func fault(
    _ what: String, got: [[Double]], expected: [[Double]], inputs: [Tensor<Scalar>]
  ) -> Difference? {
    guard let suspect = Difference.first(what, got, expected, tolerance: Self.tolerance) else { return nil }
    let array = suspect.array
    var spread = Array(repeating: 0.0, count: expected[array].count)
    for seed in 1...12 {
      let noisy = results(inputs, noise: Self.noise, seed: UInt64(seed))[array]
      for place in spread.indices {
        let moved = abs(noisy[place] - expected[array][place])
        spread[place] = moved.isNaN ? .infinity : max(spread[place], moved)
      }
    }
    // What moves much somewhere may be moved in a neighbour by a flipped comparison.
    let typical = spread.max() ?? 0
    var allowed = suspect
    allowed.differing = 0
    for place in spread.indices {
      let (a, b) = (got[array][place], expected[array][place])
      if a == b || (a.isNaN && b.isNaN) { continue }
      if abs(a - b) <= 10 * max(spread[place], typical / 10) { continue }
      if allowed.differing == 0 { (allowed.place, allowed.got, allowed.expected) = (place, a, b) }
      allowed.differing += 1
    }
    return allowed.differing == 0 ? nil : allowed
  }
}

extension Stepwise.Results {
  /// The elements that a mode asks for.
  func arrays(_ program: Program, _ mode: Mode) -> [[Double]] {
    switch mode {
    case .value: return program.outputs.map { values[$0].doubles }
    case .jvp: return program.outputs.map { tangents[$0].doubles }
    case .vjp, .backward: return program.differentiated.map { elements(cotangents[$0], values[$0]) }
    case .hvp: return program.differentiated.map { elements(cotangentTangents[$0], values[$0]) }
    }
  }

  private func elements(_ cotangent: Tensor<Scalar>?, _ value: Tensor<Scalar>) -> [Double] {
    cotangent?.doubles ?? Array(repeating: 0, count: value.count)
  }
}
