import AdjointKernels

/// Evaluates nodes: finds the pattern or makes the plan of the graph below them, and runs it.
///
/// Nothing here is locked while work is done: two tasks that need the same unevaluated node may both compute
/// it, and the first result stays.
enum Evaluation {
  /// Evaluates one node.
  static func evaluate(_ root: Node) {
    if root.evaluateDirectly() { return }
    if root.pendingDepth >= Operation.shieldedChain { refuse(root) }
    if root.operation === Source.constant {
      let bits = UInt64(bitPattern: Int64(root.attribute))
      return root.publish(.filled(bits, root.type, root.shape.elementCount))
    }
    if let (pattern, binding) = PatternCache.shared.find(root, .evaluate, seed: nil) {
      pattern.run(binding, destination: { _ in nil }) { node, value in
        let entry = pattern.entryOfPlan[node]
        if entry >= 0 { binding.nodes[entry]!.publish(value) }
      }
      pattern.finish(binding)
      return
    }
    let walk =
      PatternCache.shared.isWorthwhile(root, .evaluate, seed: nil) ? PatternWalk(root, mode: .evaluate, seed: nil) : nil
    let (snapshot, plan) = evaluateAll([root])
    guard let walk, walk.isPossible, let snapshot, let plan,
      let pattern = Pattern(
        walk, plan: plan, scalars: snapshot.scalars, externals: snapshot.externals.map(\.value),
        planNodes: snapshot.nodes, gradients: [])
    else { return }
    PatternCache.shared.insert(pattern, for: root, seed: nil)
  }

  private static func refuse(_ root: Node) -> Never {
    fatalError(
      "vmap: the function needs the elements of an example of shape \(root.shape) at once; inside vmap there are only "
        + "shapes, so compute with the tensor instead (where, comparisons). Factorisations and solvers, which may fail, are "
        + "computed at the call: they take the whole stack of matrices without vmap")
  }

  /// Evaluates several nodes in one plan.
  @discardableResult
  static func evaluateAll(_ roots: [Node]) -> (Snapshot?, Plan?) {
    var needed: [Node] = []
    for root in roots where root.value == nil {
      if root.operation === Source.constant { evaluate(root) } else { needed.append(root) }
    }
    if needed.isEmpty { return (nil, nil) }
    let snapshot = Snapshot(roots: needed)
    if snapshot.nodes.isEmpty { return (nil, nil) }
    let plan = PlanCache.shared.plan(for: snapshot)
    var table = ContiguousArray<Buffer?>(snapshot.externals.map(\.value.buffer))
    table.append(contentsOf: repeatElement(nil, count: snapshot.nodes.count))
    plan.run(&table, scalars: snapshot.scalars, destination: { _ in nil }) { index, value in
      snapshot.nodes[index].publish(value)
    }
    for index in plan.fused { snapshot.nodes[index].markComputed() }
    return (snapshot, plan)
  }
}

extension Node {
  /// Evaluates the node if necessary.
  func evaluate() {
    if !hasValue { Evaluation.evaluate(self) }
  }

  /// Evaluates the node if necessary, and gives its value.
  func evaluated() -> Value {
    if let value { return value }
    Evaluation.evaluate(self)
    return value!
  }
}
