/// Forward mode on a recorded graph.
enum Forward {
  /// The tangents of `outputs` from those of some nodes, in one pass over the graph in its own order.
  ///
  /// A tangent is dropped as soon as its last reader has its own; nil is zero. The nodes with a tangent must be
  /// tracked, so that the graph between them and the outputs is there.
  static func tangents(of outputs: [Node], along seeds: [(node: Node, tangent: Expression)]) -> [Expression?] {
    let graph = GraphOrder(outputs)
    // The last reader of each tangent, as a position in the sequence.
    var lastUse = ContiguousArray(repeating: -1, count: graph.nodes.count)
    for (position, place) in graph.sequence.enumerated() {
      for operand in graph.operands(place) where operand >= 0 { lastUse[operand] = position }
    }
    for output in outputs { if let place = graph[output] { lastUse[place] = .max } }

    var tangents: ContiguousArray<Expression?> = ContiguousArray(repeating: nil, count: graph.nodes.count)
    var isSeed = ContiguousArray(repeating: false, count: graph.nodes.count)
    for (node, tangent) in seeds {
      if let place = graph[node] {
        tangents[place] = tangent
        isSeed[place] = true
      }
    }
    var t: [Expression?] = []
    for (position, place) in graph.sequence.enumerated() where !isSeed[place] {
      let operands = graph.operands(place)
      t.removeAll(keepingCapacity: true)
      var moves = false
      for operand in operands {
        t.append(operand < 0 ? nil : tangents[operand])
        if operand >= 0 && tangents[operand] != nil { moves = true }
      }
      if moves {
        let recorded = graph.nodes[place]
        tangents[place] = recorded.node.operation.rule.tangent(recorded, t)
      }
      for operand in operands where operand >= 0 && lastUse[operand] == position { tangents[operand] = nil }
    }
    return outputs.map { output in graph[output].flatMap { tangents[$0]?.expanded(to: output.shape) } }
  }
}
