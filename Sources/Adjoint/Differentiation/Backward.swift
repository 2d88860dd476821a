import AdjointKernels

/// Reverse mode on a recorded graph.
enum Backward {
  /// The tracked nodes that a root depends on, operands before their users; without recursion.
  ///
  /// The walk does not go below the nodes of `ends`.
  static func order(_ roots: [Node], stoppingAt ends: Set<ObjectIdentifier> = []) -> [Recorded] {
    // In the order of discovery, with the next operand to look at; the stack has places in it.
    var found: [Recorded] = []
    var next: [Int] = []
    var stack: [Int] = []
    var finished: [Int] = []
    var seen = IdentityMap()
    func discover(_ node: Node) {
      seen[node] = 0
      stack.append(found.count)
      found.append(Recorded(node, node.operands))
      next.append(ends.isEmpty || !ends.contains(ObjectIdentifier(node)) ? 0 : .max)
    }
    for root in roots where root.tracking == .tracked && seen[root] == nil {
      discover(root)
      visit: while let top = stack.last {
        while next[top] < found[top].x.count {
          let index = next[top]
          next[top] += 1
          if let child = found[top].x[index].node, child.tracking == .tracked, seen[child] == nil {
            discover(child)
            continue visit
          }
        }
        finished.append(top)
        stack.removeLast()
      }
    }
    return finished.map { found[$0] }
  }

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
    let order = order(roots.map(\.0))
    var position = IdentityMap()
    for (index, recorded) in order.enumerated() { position[recorded.node] = index }
    var sums: [Expression?] = Array(repeating: nil, count: order.count)
    for (node, seed) in roots {
      if let index = position[node] { sums[index] = .adding(sums[index], seed) }
    }
    // Which nodes lead to a target; others are never visited.
    var matters = Array(repeating: targets == nil, count: order.count)
    var isTarget = Array(repeating: false, count: order.count)
    if let targets {
      for target in targets { if let index = position[target] { isTarget[index] = true } }
      for (index, recorded) in order.enumerated() {
        matters[index] =
          isTarget[index]
          || recorded.x.contains { $0.node.flatMap { position[$0] }.map { matters[$0] } ?? false }
      }
    }
    for index in order.indices.reversed() {
      guard var g = sums[index], matters[index] else { continue }
      let recorded = order[index]
      if runsHooks && recorded.node.hasHooks {
        g = GradientHook.run(on: recorded.node, g)
        sums[index] = g
      }
      if checksGradients { AnomalyMode.checkGradient(g, of: recorded.node) }
      if !isTarget[index] && !recorded.x.isEmpty { sums[index] = nil }
      if isTarget[index] || recorded.node.collectsGradient {
        keep(recorded.node, g)
      }
      if recorded.x.isEmpty { continue }
      let places = recorded.x.map { x in x.node.flatMap { $0.tracking == .tracked ? position[$0] : nil } }
      let wants = places.map { $0.map { matters[$0] } ?? false }
      guard wants.contains(true) else { continue }
      let contributions = recorded.node.operation.rule.cotangents(recorded, g, wants: wants)
      if checksGradients { AnomalyMode.checkContributions(contributions, of: recorded) }
      for (place, contribution) in zip(places, contributions) {
        if let place, let contribution { sums[place] = .adding(sums[place], contribution) }
      }
    }
    return (targets ?? []).map { target in position[target].flatMap { sums[$0]?.expanded(to: target.shape) } }
  }
}
