import Adjoint

extension Program {
  /// Runs the program on tensors, and gives every value of the last repetition.
  ///
  /// `seen` gets each step's result and gives what goes on in its place: itself, or its evaluated elements.
  func values<Scalar: TensorFloatingPoint>(
    _ inputs: [Tensor<Scalar>], evaluatesMasks: Bool = false, seen: (Tensor<Scalar>) -> Tensor<Scalar> = { $0 }
  ) -> [Tensor<Scalar>] {
    var values = inputs
    values.reserveCapacity(valueCount)
    for repetition in 0..<repeats {
      for (place, step) in steps.enumerated() {
        let operands = step.operands.map { values[$0] }
        let step = step.inRepetition(repetition)
        let result = seen(evaluatesMasks ? step.apply(operands) { $0.evaluate() } : step.apply(operands))
        if repetition == 0 { values.append(result) } else { values[inputs.count + place] = result }
      }
      if repetition + 1 < repeats { carry(&values) }
    }
    return values
  }

  /// The results, as a function of the differentiated inputs alone.
  func function<Scalar: TensorFloatingPoint>(
    _ all: [Tensor<Scalar>], seen: @escaping (Tensor<Scalar>) -> Tensor<Scalar> = { $0 }
  ) -> ([Tensor<Scalar>]) -> [Tensor<Scalar>] {
    { differentiated in
      let values = self.values(self.inputs(all, with: differentiated), seen: seen)
      return self.outputs.map { values[$0] }
    }
  }

  /// All inputs, with others in place of the differentiated ones.
  func inputs<Scalar>(_ all: [Tensor<Scalar>], with differentiated: [Tensor<Scalar>]) -> [Tensor<Scalar>] {
    var inputs = all
    for (place, index) in self.differentiated.enumerated() { inputs[index] = differentiated[place] }
    return inputs
  }

  /// Carries are simultaneous.
  func carry<Value>(_ values: inout [Value]) {
    let carried = carries.map { values[$0.from] }
    for (carry, value) in zip(carries, carried) { values[carry.input] = value }
  }
}
