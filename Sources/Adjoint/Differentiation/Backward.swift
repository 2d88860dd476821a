@_spi(Engine) import AdjointKernels

/// Reverse mode on a recorded graph.
enum Backward {
  /// The roots whose passes have called the hook that the current task is in.
  @TaskLocal private static var rootsOfHooks: Set<ObjectIdentifier> = []

  static func insideHooks<Result>(of roots: [Node], _ body: () -> Result) -> Result {
    $rootsOfHooks.withValue(rootsOfHooks.union(roots.map { ObjectIdentifier($0) }), operation: body)
  }

  /// Refuses a pass over a graph from one of its own hooks: the hook would be called again, without end.
  static func checkIsOutsideHooks(of root: Node) {
    guard rootsOfHooks.contains(ObjectIdentifier(root)) else { return }
    fatalError(
      "backward: a hook calls backward() on the \(root.operation.name) of shape \(root.shape) whose backward pass has called "
        + "the hook; it would be called again without end, so differentiate another tensor there")
  }

  /// The cotangents of `targets` (all tracked leaves if nil) from those of the roots, as expressions.
  ///
  /// Every node's contributions are complete before its own rule runs, once: the cost is linear in the graph,
  /// diamonds included. A node that gets no contribution costs nothing.
  static func cotangents(
    _ roots: [(Node, Expression)], targets: [Node]?, runsHooks: Bool = true, keep: (Node, Expression) -> Void
  ) -> [Expression?] {
    Walk.borrow { tape in
      tape.go(from: roots.lazy.map(\.0), .tape)
      return cotangents(roots, on: tape, targets: targets, runsHooks: runsHooks, keep: keep)
    }
  }

  /// The same on a tape that has been walked.
  static func cotangents(
    _ roots: [(Node, Expression)], on tape: Walk, targets: [Node]?, runsHooks: Bool = true,
    keep: (Node, Expression) -> Void
  ) -> [Expression?] {
    if AnomalyMode.isEnabled {
      for (root, _) in roots where !root.isShielded { AnomalyMode.checkValues(of: root) }
      // Rules record what they like; what comes of it is checked here.
      return AnomalyMode.suspended {
        cotangents(roots, tape, targets: targets, runsHooks: runsHooks, checksGradients: true, keep: keep)
      }
    }
    return cotangents(roots, tape, targets: targets, runsHooks: runsHooks, checksGradients: false, keep: keep)
  }

  /// So many views of one array are each put into zeros and added up; the parts of more are added at their places in one array, or
  /// the loop over n elements would take n² additions.
  private static let mostPlacements = 32

  private static func cotangents(
    _ roots: [(Node, Expression)], _ tape: Walk, targets: [Node]?, runsHooks: Bool, checksGradients: Bool,
    keep: (Node, Expression) -> Void
  ) -> [Expression?] {
    var sums: ContiguousArray<Expression?> = ContiguousArray(repeating: nil, count: tape.count)
    for (node, seed) in roots {
      if let place = tape[node] { sums[place] = .adding(sums[place].take(), seed) }
    }
    // Which nodes lead to a target; others are never visited.
    var matters = ContiguousArray(tape.entries.lazy.map(\.isTracked))
    var isTarget = ContiguousArray(repeating: false, count: tape.count)
    if let targets {
      for target in targets { if let place = tape[target] { isTarget[place] = true } }
      for position in tape.sequence.indices {
        let place = tape.sequence[position]
        var leads = isTarget[Int(place)]
        for operand in tape.operandRange(Int(place)) {
          let other = tape.trackedPlace(operand)
          if other >= 0 && matters[other] { leads = true }
        }
        matters[Int(place)] = leads
      }
    }
    var wants: [Bool] = []
    // By place: what has been put in places of a node's cotangent by its many readers.
    var placements: [Int: [Expression]] = [:]
    for position in tape.sequence.indices.reversed() {
      let place = Int(tape.sequence[position])
      if !placements.isEmpty, let found = placements.removeValue(forKey: place) {
        sums[place] = .adding(sums[place].take(), .sum(ofPlacements: found))
      }
      guard matters[place], var g = sums[place] else { continue }
      let node = tape.node(place)
      let operands = tape.operandRange(place)
      if runsHooks && node.hasHooks {
        g = insideHooks(of: roots.map(\.0)) { GradientHook.run(on: node, g) }
        sums[place] = g
      }
      if checksGradients { AnomalyMode.checkGradient(g, of: node) }
      if !isTarget[place] && !operands.isEmpty { sums[place] = nil }
      if isTarget[place] || node.collectsGradient { keep(node, g) }
      if operands.isEmpty { continue }
      wants.removeAll(keepingCapacity: true)
      var isWanted = false
      for operand in operands {
        let other = tape.trackedPlace(operand)
        wants.append(other >= 0 && matters[other])
        if other >= 0 && matters[other] { isWanted = true }
      }
      guard isWanted else { continue }
      let recorded = tape.recorded(place)
      let contributions = node.operation.rule.cotangents(recorded, g, wants: wants)
      if checksGradients { AnomalyMode.checkContributions(contributions, of: recorded) }
      for (operand, contribution) in zip(operands, contributions) {
        let other = tape.trackedPlace(operand)
        guard other >= 0, let contribution else { continue }
        if tape.entries[other].uses > mostPlacements, contribution.placed != nil {
          placements[other, default: []].append(contribution)
        } else {
          sums[other] = .adding(sums[other].take(), contribution)
        }
      }
    }
    return (targets ?? []).map { target in tape[target].flatMap { sums[$0]?.expanded(to: target.shape) } }
  }
}
