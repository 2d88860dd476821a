/// Forward mode on a recorded graph.
enum Forward {
  /// The tangents of `outputs` from those of some nodes, in one pass over the graph in its own order.
  ///
  /// A tangent is dropped as soon as its last reader has its own; nil is zero. The nodes with a tangent must be
  /// tracked, so that the graph between them and the outputs is there.
  static func tangents(of outputs: [Node], along seeds: [(node: Node, tangent: Expression)]) -> [Expression?] {
    let order = Backward.order(outputs)
    var position = IdentityMap()
    for (index, recorded) in order.enumerated() { position[recorded.node] = index }
    var lastUse = Array(repeating: -1, count: order.count)
    for (index, recorded) in order.enumerated() {
      for x in recorded.x { if let node = x.node, let place = position[node] { lastUse[place] = index } }
    }
    for output in outputs { if let place = position[output] { lastUse[place] = order.count } }

    var tangents: [Expression?] = Array(repeating: nil, count: order.count)
    var isSeed = Array(repeating: false, count: order.count)
    for (node, tangent) in seeds {
      if let place = position[node] {
        tangents[place] = tangent
        isSeed[place] = true
      }
    }
    for (index, recorded) in order.enumerated() where !isSeed[index] && !recorded.x.isEmpty {
      let places = recorded.x.map { x in x.node.flatMap { position[$0] } }
      let t = places.map { $0.flatMap { tangents[$0] } }
      if t.contains(where: { $0 != nil }) {
        tangents[index] = recorded.node.operation.rule.tangent(recorded, t)
      }
      for place in places { if let place, lastUse[place] == index { tangents[place] = nil } }
    }
    return outputs.map { output in position[output].flatMap { tangents[$0]?.expanded(to: output.shape) } }
  }
}
