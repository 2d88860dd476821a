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
    if isPlain, case (let pattern, let binding)? = PatternCache.shared.find(root, .backward, seed: seedValue?.buffer),
      run(pattern, binding)
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
  private static func run(_ pattern: Pattern, _ binding: Pattern.Binding) -> Bool {
    defer { pattern.finish(binding) }
    // Each gradient so far is taken out of its leaf. Whoever adds to the leaf meanwhile starts a new one, and the
    // two are added in the end: nothing is lost.
    for index in pattern.gradients.indices {
      let leaf = pattern.gradients[index].leaf
      let place = pattern.entries[leaf].gradient
      guard place >= 0 else { continue }
      var gradient = binding.nodes[leaf]!.leafState!.take()
      guard gradient != nil, gradient!.holds(binding.table[place]) else {
        // Somebody was quicker, and the sum that the plan would make is not the one that is due.
        if let gradient { binding.nodes[leaf]!.leafState!.put(gradient) }
        for before in 0..<index {
          if let old = binding.taken[before] {
            binding.nodes[pattern.gradients[before].leaf]!.leafState!.put(old)
          }
        }
        return false
      }
      // Written in place if nobody but the gradient's own node and this binding refers to its buffer.
      binding.table[place] = nil
      let isOwned = isKnownUniquelyReferenced(&gradient) && gradient!.ownsBuffer()
      binding.table[place] = gradient!.buffer
      if isOwned { binding.owned[index] = binding.table[place] }
      binding.taken[index] = consume gradient
    }
    pattern.run(
      binding,
      destination: { node in
        for index in pattern.gradients.indices where pattern.gradients[index].plan == node {
          return binding.owned[index]
        }
        return nil
      },
      publish: { node, value in
        let entry = pattern.entryOfPlan[node]
        if entry >= 0 { return binding.nodes[entry]!.publish(value) }
        for index in pattern.gradients.indices where pattern.gradients[index].plan == node {
          let leaf = binding.nodes[pattern.gradients[index].leaf]!
          if binding.owned[index] != nil, let gradient = binding.taken[index] {
            // The gradient's own node, with new elements in its buffer.
            leaf.leafState!.put(gradient)
          } else {
            leaf.makeLeafState().put(Node(value, leaf.type, leaf.shape))
          }
        }
      })
    return true
  }
}
