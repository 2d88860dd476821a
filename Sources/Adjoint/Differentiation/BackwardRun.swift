import AdjointKernels

extension Backward {
  /// `backward()` of one root: computes it and adds every gradient, in one plan.
  static func run(_ root: Node, seed: Expression, retainGraph: Bool, createGraph: Bool, inputs: [Node]?) {
    var hooked: [Node] = []
    var seedValue = seed.node?.evaluated()
    if seedValue?.layout != nil { seedValue = nil }
    let isPlain =
      (seed.node == nil || seedValue != nil) && !createGraph && inputs == nil && root.operation !== Source.leaf
      && !AnomalyMode.isEnabled
    if isPlain, case (let pattern, var binding)? = PatternCache.shared.find(root, .backward, seed: seedValue?.buffer),
      run(pattern, &binding)
    {
      // Done.
    } else {
      let isWorthwhile = isPlain && PatternCache.shared.isWorthwhile(root, .backward, seed: seedValue?.buffer)
      let walk = isWorthwhile ? PatternWalk(root, mode: .backward, seed: seedValue) : nil
      let collected = accumulate(root, seed, createGraph: createGraph, inputs: inputs)
      hooked = collected.map(\.leaf).filter(\.hasHooks)
      let (snapshot, plan) = Evaluation.evaluateAll([root] + collected.map(\.gradient))
      // Another task may have added to a gradient between the walk and the recording: its contribution, if it is a
      // number, would otherwise become part of the pattern.
      if let walk, walk.isPossible, collected.allSatisfy({ walk.met($0.before, of: $0.leaf) }), let snapshot, let plan,
        let pattern = Pattern(
          walk, plan: plan, scalars: snapshot.scalars, externals: snapshot.externals.map(\.value),
          planNodes: snapshot.nodes, gradients: collected.map { ($0.leaf, $0.gradient) })
      {
        PatternCache.shared.insert(pattern, for: root, seed: seedValue?.buffer)
      }
    }
    if !retainGraph && !createGraph && root.operation !== Source.leaf { root.releaseGraph() }
    GradientHook.runAfterAccumulation(on: hooked, createGraph: createGraph)
  }

  /// Records the gradients' expressions and adds each to its leaf's.
  private static func accumulate(
    _ root: Node, _ seed: Expression, createGraph: Bool, inputs: [Node]?
  ) -> [(leaf: Node, gradient: Node, before: Node?)] {
    var collected: [(leaf: Node, gradient: Node, before: Node?)] = []
    func record() {
      _ = cotangents([(root, seed)], targets: inputs) { node, g in
        let (sum, before) = node.makeLeafState().accumulate(g, shape: node.shape)
        collected.append((node, sum, before))
      }
    }
    GradientMode.$isEnabled.withValue(createGraph, operation: record)
    return collected
  }

  /// A graph of known structure: no gradient is ever recorded, the plan goes from the leaves to their gradients.
  ///
  /// False, and nothing done, if somebody else changes a gradient at the same time.
  private static func run(_ pattern: Pattern, _ binding: inout Pattern.Binding) -> Bool {
    // Each gradient so far is taken out of its leaf. Whoever adds to the leaf meanwhile starts a new one, and the
    // two are added in the end: nothing is lost.
    var taken: [Node?] = []
    var buffers: [Buffer?] = []
    taken.reserveCapacity(pattern.gradients.count)
    buffers.reserveCapacity(pattern.gradients.count)
    for (leaf, _) in pattern.gradients {
      let entry = pattern.entries[leaf]
      guard entry.gradient >= 0 else {
        taken.append(nil)
        buffers.append(nil)
        continue
      }
      var gradient = binding.nodes[leaf].leafState!.take()
      guard gradient != nil, gradient!.buffer === binding.table[entry.gradient] else {
        // Somebody was quicker, and the sum that the plan would make is not the one that is due.
        if let gradient { binding.nodes[leaf].leafState!.put(gradient) }
        for (place, old) in zip(pattern.gradients, taken) {
          if let old { binding.nodes[place.leaf].leafState!.put(old) }
        }
        return false
      }
      // Written in place if nobody but the gradient's own node and this binding refers to its buffer.
      binding.table[entry.gradient] = nil
      let isOwned = isKnownUniquelyReferenced(&gradient) && gradient!.ownsBuffer()
      binding.table[entry.gradient] = gradient!.buffer
      buffers.append(isOwned ? gradient!.buffer : nil)
      taken.append(consume gradient)
    }
    pattern.run(
      &binding,
      destination: { node in
        for (index, gradient) in pattern.gradients.enumerated() where gradient.plan == node { return buffers[index] }
        return nil
      },
      publish: { node, value, nodes in
        let entry = pattern.entryOfPlan[node]
        if entry >= 0 { return nodes[entry].publish(value) }
        for gradient in pattern.gradients where gradient.plan == node {
          let leaf = nodes[gradient.leaf]
          leaf.makeLeafState().put(Node(value, leaf.type, leaf.shape))
        }
      })
    return true
  }
}
