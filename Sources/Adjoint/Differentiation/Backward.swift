import AdjointKernels

/// Reverse mode on a recorded graph.
enum Backward {
  /// The cotangents of `targets` (all tracked leaves if nil) from those of the roots, as expressions.
  ///
  /// Every node's contributions are complete before its own rule runs, once: the cost is linear in the graph,
  /// diamonds included. A node that gets no contribution costs nothing.
  static func cotangents(
    _ roots: [(Node, Expression)], targets: [Node]?, runsHooks: Bool = true, keep: (Node, Expression) -> Void
  ) -> [Expression?] {
    if AnomalyMode.isEnabled {
      for (root, _) in roots where root.pendingDepth < Operation.shieldedChain { AnomalyMode.checkValues(of: root) }
      // Rules record what they like; what comes of it is checked here.
      return AnomalyMode.$isRequested.withValue(false) {
        cotangents(roots, targets: targets, runsHooks: runsHooks, checksGradients: true, keep: keep)
      }
    }
    return cotangents(roots, targets: targets, runsHooks: runsHooks, checksGradients: false, keep: keep)
  }

  private static func cotangents(
    _ roots: [(Node, Expression)], targets: [Node]?, runsHooks: Bool, checksGradients: Bool,
    keep: (Node, Expression) -> Void
  ) -> [Expression?] {
    let graph = GraphOrder(roots.lazy.map(\.0))
    var sums: ContiguousArray<Expression?> = ContiguousArray(repeating: nil, count: graph.nodes.count)
    for (node, seed) in roots {
      if let place = graph[node] { sums[place] = .adding(sums[place].take(), seed) }
    }
    // Which nodes lead to a target; others are never visited.
    var matters = ContiguousArray(repeating: targets == nil, count: graph.nodes.count)
    var isTarget = ContiguousArray(repeating: false, count: graph.nodes.count)
    if let targets {
      for target in targets { if let place = graph[target] { isTarget[place] = true } }
      for place in graph.sequence {
        var leads = isTarget[place]
        for operand in graph.operands(place) where operand >= 0 && matters[operand] { leads = true }
        matters[place] = leads
      }
    }
    var wants: [Bool] = []
    for place in graph.sequence.reversed() {
      guard matters[place], var g = sums[place] else { continue }
      let recorded = graph.nodes[place]
      if runsHooks && recorded.node.hasHooks {
        g = GradientHook.run(on: recorded.node, g)
        sums[place] = g
      }
      if checksGradients { AnomalyMode.checkGradient(g, of: recorded.node) }
      if !isTarget[place] && !recorded.x.isEmpty { sums[place] = nil }
      if isTarget[place] || recorded.node.collectsGradient {
        keep(recorded.node, g)
      }
      if recorded.x.isEmpty { continue }
      let places = graph.operands(place)
      wants.removeAll(keepingCapacity: true)
      var isWanted = false
      for operand in places {
        wants.append(operand >= 0 && matters[operand])
        if operand >= 0 && matters[operand] { isWanted = true }
      }
      guard isWanted else { continue }
      let contributions = recorded.node.operation.rule.cotangents(recorded, g, wants: wants)
      if checksGradients { AnomalyMode.checkContributions(contributions, of: recorded) }
      for (operand, contribution) in zip(places, contributions) where operand >= 0 {
        if let contribution { sums[operand] = .adding(sums[operand].take(), contribution) }
      }
    }
    return (targets ?? []).map { target in graph[target].flatMap { sums[$0]?.expanded(to: target.shape) } }
  }
}
