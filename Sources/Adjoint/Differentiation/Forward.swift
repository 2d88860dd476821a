@_spi(Engine) import AdjointKernels

/// Forward mode on a recorded graph.
enum Forward {
  /// The tangents of `outputs` from those of some nodes, in one pass over the graph in its own order.
  ///
  /// A tangent is dropped as soon as its last reader has its own; nil is zero. The nodes with a tangent must be
  /// tracked, so that the graph between them and the outputs is there.
  static func tangents(of outputs: [Node], along seeds: [(node: Node, tangent: Expression)]) -> [Expression?] {
    Walk.borrow { tape in
      tape.go(from: outputs, .tape)
      return tangents(of: outputs, along: seeds, on: tape)
    }
  }

  /// The same on a tape that has been walked.
  static func tangents(
    of outputs: [Node], along seeds: [(node: Node, tangent: Expression)], on tape: Walk
  ) -> [Expression?] {
    // The last reader of each tangent, as a position in the sequence.
    var lastUse = ContiguousArray(repeating: -1, count: tape.count)
    for position in tape.sequence.indices {
      let place = tape.sequence[position]
      for operand in tape.operandRange(Int(place)) {
        let other = tape.trackedPlace(operand)
        if other >= 0 { lastUse[other] = position }
      }
    }
    for output in outputs { if let place = tape[output] { lastUse[place] = .max } }

    var tangents: ContiguousArray<Expression?> = ContiguousArray(repeating: nil, count: tape.count)
    var isSeed = ContiguousArray(repeating: false, count: tape.count)
    for (node, tangent) in seeds {
      if let place = tape[node] {
        tangents[place] = tangent
        isSeed[place] = true
      }
    }
    var t: [Expression?] = []
    for position in tape.sequence.indices where !isSeed[Int(tape.sequence[position])] {
      let place = Int(tape.sequence[position])
      let operands = tape.operandRange(place)
      t.removeAll(keepingCapacity: true)
      var moves = false
      for operand in operands {
        let other = tape.trackedPlace(operand)
        t.append(other < 0 ? nil : tangents[other])
        if other >= 0 && tangents[other] != nil { moves = true }
      }
      if moves { tangents[place] = tape.node(place).operation.rule.tangent(tape.recorded(place), t) }
      for operand in operands {
        let other = tape.trackedPlace(operand)
        if other >= 0 && lastUse[other] == position { tangents[other] = nil }
      }
    }
    return outputs.map { output in tape[output].flatMap { tangents[$0]?.expanded(to: output.shape) } }
  }
}
