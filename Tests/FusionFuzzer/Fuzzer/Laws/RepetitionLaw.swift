import Adjoint
import Dispatch
import Synchronization

/// A structure that was met before: with other elements, other numbers and slices in other places it gives what it gives
/// step by step; and so it does from several threads at once.
struct RepetitionLaw<Scalar: TensorFloatingPoint> {
  let test: FuzzCase
  let shapes: [[Int]]

  init(_ test: FuzzCase, _ shapes: [[Int]]) {
    self.test = test
    self.shapes = shapes
  }

  func check() -> Difference? {
    var random = SplitMix64(seed: test.choices)
    let isConcurrent = random.oneIn(6)
    let rounds = 3 + random.below(2)
    // Elements change always; numbers and places in some cases.
    let moves = random.oneIn(2)
    for round in 0..<rounds {
      let program = moves ? test.program.moved(round) : test.program
      let inputs = program.tensors(Scalar.self, variant: UInt64(round))
      if let difference = compare(program, inputs, "in round \(round)") { return difference }
    }
    return isConcurrent ? checkConcurrently(moves) : nil
  }

  private func compare(_ program: Program, _ inputs: [Tensor<Scalar>], _ when: String) -> Difference? {
    let got = Fused<Scalar>(program: program, mode: test.mode, order: test.order).run(inputs, shapes: shapes)
    let conditioning = Conditioning<Scalar>(program: program, mode: test.mode, shapes: shapes)
    return conditioning.fault(
      (test.mode.isOfOutputs ? "output" : "gradient") + " " + when, got: got, expected: conditioning.results(inputs),
      inputs: inputs)
  }

  private func checkConcurrently(_ moves: Bool) -> Difference? {
    let found = Mutex<Difference?>(nil)
    // Inputs that all threads share, and whose elements each reads.
    let shared = test.program.tensors(Scalar.self)
    DispatchQueue.concurrentPerform(iterations: 4) { thread in
      for round in 0..<2 {
        let program = moves ? test.program.moved(thread + round) : test.program
        let inputs = round == 0 ? shared : program.tensors(Scalar.self, variant: UInt64(thread * 8 + round))
        if let difference = compare(program, inputs, "in thread \(thread) of 4, round \(round)") {
          found.withLock { $0 = difference }
        }
      }
    }
    return found.withLock { $0 }
  }
}

extension Program {
  /// The same structure with other numbers and places, as far as it stays valid.
  func moved(_ round: Int) -> Program {
    guard round > 0 else { return self }
    var program = self
    for index in steps.indices {
      var step = steps[index]
      switch step.verb {
      case .addNumber, .timesNumber, .numberMinus, .powerNumber, .maximumNumber, .minimumNumber, .clamp, .overNumber:
        step.number *= 1 - 0.01 * Double(round)
      case .slice, .select, .rolled, .indexSelect, .gather: step.raw[1] += round
      default: continue
      }
      let before = program.steps[index]
      program.steps[index] = step
      if !program.isValid { program.steps[index] = before }
    }
    return program
  }
}
