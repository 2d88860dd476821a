import Adjoint

/// Fused equals step by step.
///
/// Values and directional derivatives of elementwise programs are the same bits. Elsewhere sums may be added in another
/// order, within what rounding explains.
struct StepLaw<Scalar: TensorFloatingPoint> {
  let test: FuzzCase
  let shapes: [[Int]]

  init(_ test: FuzzCase, _ shapes: [[Int]]) {
    self.test = test
    self.shapes = shapes
  }

  func check() -> Difference? {
    let program = test.program
    let inputs = program.tensors(Scalar.self)
    let got = Fused<Scalar>(program: program, mode: test.mode, order: test.order).run(inputs, shapes: shapes)
    let conditioning = Conditioning<Scalar>(program: program, mode: test.mode, shapes: shapes)
    let expected = conditioning.results(inputs)
    let what = test.mode.isOfOutputs ? "output" : "gradient"
    if program.isElementwise && test.mode == .value {
      return Difference.first(what, got, expected, tolerance: 0)
    }
    return conditioning.fault(what, got: got, expected: expected, inputs: inputs)
  }
}
