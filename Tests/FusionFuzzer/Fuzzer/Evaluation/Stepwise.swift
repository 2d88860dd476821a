import Adjoint

/// A program and its derivatives computed one operation at a time, each result with memory of its own before the next
/// one is recorded: no two operations share a pass, and no graph is deeper than one step. What fused evaluation gives
/// must be the same.
struct Stepwise<Scalar: TensorFloatingPoint> {
  let program: Program
  /// Relative error put into each result, to learn how much rounding could change the outcome; 0 for none.
  var noise = 0.0
  var noiseSeed: UInt64 = 0

  /// One repetition of a step, as it was run.
  private struct Record {
    let step: Step
    let operands: [Int]
    let result: Int
    let x: [Tensor<Scalar>]
    let tangents: [Tensor<Scalar>]
  }

  struct Results {
    var values: [Tensor<Scalar>] = []
    var tangents: [Tensor<Scalar>] = []
    /// By input.
    var cotangents: [Tensor<Scalar>?] = []
    var cotangentTangents: [Tensor<Scalar>?] = []
    /// The cotangents of every value of the last repetition.
    var valueCotangents: [Tensor<Scalar>?] = []
  }

  /// Values alone.
  func values(_ inputs: [Tensor<Scalar>]) -> [Tensor<Scalar>] {
    noGrad {
      var count: UInt64 = 0
      return program.values(inputs, evaluatesMasks: true) { own($0, &count) }
    }
  }

  /// Everything that the mode asks for.
  func run(_ mode: Mode, _ inputs: [Tensor<Scalar>], shapes: [[Int]]) -> Results {
    var results = Results()
    if mode == .value {
      results.values = values(inputs)
      return results
    }
    let hasTangents = mode == .jvp || mode == .hvp
    var count: UInt64 = 0
    var values = inputs
    var tangents = inputs.map { Tensor<Scalar>.zeros(like: $0) }
    if hasTangents {
      for (index, tangent) in zip(program.differentiated, program.tangents(Scalar.self)) { tangents[index] = tangent }
    }
    var records: [Record] = []
    for repetition in 0..<program.repeats {
      for (place, original) in program.steps.enumerated() {
        let step = original.inRepetition(repetition)
        let x = step.operands.map { values[$0] }
        let t = step.operands.map { tangents[$0] }
        records.append(
          Record(step: step, operands: step.operands, result: inputs.count + place, x: x, tangents: t))
        let value = own(noGrad { step.apply(x) { $0.evaluate() } }, &count)
        var tangent = tangents.first ?? value
        if hasTangents {
          tangent = own(jvp(of: { [step.apply($0)] }, at: x, along: t).tangent[0], &count)
        }
        if repetition == 0 {
          values.append(value)
          tangents.append(tangent)
        } else {
          values[inputs.count + place] = value
          tangents[inputs.count + place] = tangent
        }
      }
      if repetition + 1 < program.repeats {
        program.carry(&values)
        program.carry(&tangents)
      }
    }
    results.values = values
    results.tangents = tangents
    if mode != .jvp { pullBack(records, mode == .hvp, shapes, &results, &count) }
    return results
  }

  private func pullBack(
    _ records: [Record], _ isSecondOrder: Bool, _ shapes: [[Int]], _ results: inout Results, _ count: inout UInt64
  ) {
    var g = [Tensor<Scalar>?](repeating: nil, count: program.valueCount)
    var h = g
    func add(_ sums: inout [Tensor<Scalar>?], _ place: Int, _ term: Tensor<Scalar>) {
      sums[place] = sums[place].map { own($0 + term, &count) } ?? term
    }
    for (output, cotangent) in zip(program.outputs, program.cotangents(Scalar.self, shapes: shapes)) {
      add(&g, output, cotangent)
    }
    var next = records.count
    results.valueCotangents = g
    for repetition in (0..<program.repeats).reversed() {
      for _ in program.steps {
        next -= 1
        let record = records[next]
        let cotangent = g[record.result]
        g[record.result] = nil
        if repetition + 1 == program.repeats { results.valueCotangents[record.result] = cotangent }
        let tangent = h[record.result]
        h[record.result] = nil
        guard let cotangent else { continue }
        // A value that is used twice in one step gets both contributions.
        let parts = vjp(of: { [record.step.apply($0)] }, at: record.x).pullback([cotangent])
        for (operand, part) in zip(record.operands, parts) { add(&g, operand, own(part, &count)) }
        guard isSecondOrder else { continue }
        let arguments = record.x + [cotangent]
        let along = record.tangents + [tangent ?? Tensor<Scalar>.zeros(like: cotangent)]
        let second = jvp(
          of: { all in vjp(of: { [record.step.apply($0)] }, at: Array(all.dropLast())).pullback([all.last!]) },
          at: arguments, along: along
        ).tangent
        for (operand, part) in zip(record.operands, second) { add(&h, operand, own(part, &count)) }
      }
      guard repetition > 0 else { break }
      // The cotangent of what a carried input was is that of the value that it was carried from.
      let carried = program.carries.map { (g[$0.input], h[$0.input]) }
      for carry in program.carries {
        g[carry.input] = nil
        h[carry.input] = nil
      }
      for (carry, sums) in zip(program.carries, carried) {
        if let sum = sums.0 { add(&g, carry.from, sum) }
        if let sum = sums.1 { add(&h, carry.from, sum) }
      }
    }
    results.cotangents = Array(g.prefix(program.inputs.count))
    results.cotangentTangents = Array(h.prefix(program.inputs.count))
  }

  /// The result as a tensor of its own, which no graph leads to; with noise if that is asked for.
  private func own(_ tensor: Tensor<Scalar>, _ count: inout UInt64) -> Tensor<Scalar> {
    let tensor = tensor.detached().evaluate()
    guard noise != 0 else { return tensor }
    count += 1
    let factors = SplitMix64.elements(
      seed: noiseSeed &+ count &* 0x5851_F42D_4C95_7F2D, count: tensor.count, from: 1 - noise, to: 1 + noise)
    return (tensor * Tensor(elements: factors, tensor.shape.dimensions)).evaluate()
  }
}
