@_spi(Engine) import AdjointKernels

extension Backward {
  /// `backward()` of one root: computes it and adds every gradient, in one plan.
  static func run(_ root: Node, seed: Expression, retainGraph: Bool, createGraph: Bool, inputs: [Node]?) {
    if root.isShielded {
      fatalError(
        "backward: the tensor of shape \(root.shape) depends on the input of a function under vmap or compiled, where "
          + "there are only shapes; use grad(of:) or valueAndGrad(of:) inside")
    }
    checkIsOutsideHooks(of: root)
    var releasesGraph = !retainGraph && !createGraph && !root.isTapeEnd
    let hooked = Walk.borrow { tape in
      tape.go(from: CollectionOfOne(root), .tape)
      return run(root, seed, on: tape, createGraph, inputs, &releasesGraph)
    }
    if releasesGraph { root.releaseGraph() }
    if hooked.isEmpty { return }
    insideHooks(of: [root]) { GradientHook.runAfterAccumulation(on: hooked, createGraph: createGraph) }
  }

  /// Replays the tape, or records the gradients and evaluates them. Returns the leaves with hooks.
  private static func run(
    _ root: Node, _ seed: Expression, on tape: Walk, _ createGraph: Bool, _ inputs: [Node]?, _ releasesGraph: inout Bool
  ) -> [Node] {
    seed.node?.evaluate()
    // A repeated number is an array here: what rules make of it must not depend on the number.
    let seed =
      seed.node?.operation === Source.constant ? Expression(Node(seed.node!.value!, seed.type, seed.shape)) : seed
    let isPlain =
      !createGraph && inputs == nil && seed.node?.isContiguous != false && !root.isTapeEnd
      && !AnomalyMode.isEnabled
    guard isPlain, tape.describeTape(root, seed: seed.node, keepsTracked: !releasesGraph) else {
      if releasesGraph && OpenInputs.areReached(by: tape) { releasesGraph = false }
      let collected = accumulate(root, seed, on: tape, createGraph: createGraph, inputs: inputs)
      Evaluation.evaluateAll([root] + collected.map(\.gradient), releasesGraph: releasesGraph)
      return collected.map(\.leaf).filter(\.hasHooks)
    }
    if let recipe = PlanCache.shared.find(tape.description, where: { $0.replay!.fits(tape.description) }),
      recipe.replay!.run(recipe.plan, on: tape)
    {
      return []
    }
    let origins = NumberOrigins(count: tape.tagNumbers(), tape: tape)
    let collected = NumberOrigins.$current.withValue(origins) {
      accumulate(root, seed, on: tape, createGraph: false, inputs: nil)
    }
    Walk.borrow { walk in
      let roots = [root] + collected.map(\.gradient)
      guard let plan = Evaluation.run(roots, in: walk, base: tape, keepsTracked: !releasesGraph),
        let replay = TapeReplay(tape, origins, walk, plan, gradients: collected)
      else { return }
      PlanCache.shared.insert(Recipe(tape.description.words, plan, replay), tape.description.digest)
    }
    return []
  }

  /// Records the gradients' expressions and adds each to its leaf's.
  private static func accumulate(
    _ root: Node, _ seed: Expression, on tape: Walk, createGraph: Bool, inputs: [Node]?
  ) -> [(leaf: Node, gradient: Node, before: Node?)] {
    var collected: [(leaf: Node, gradient: Node, before: Node?)] = []
    GradientMode.$isEnabled.withValue(createGraph) {
      _ = cotangents([(root, seed)], on: tape, targets: inputs) { node, g in
        let (sum, before) = node.makeLeafState().accumulate(g, shape: node.shape)
        collected.append((node, sum, before))
      }
    }
    return collected
  }
}
