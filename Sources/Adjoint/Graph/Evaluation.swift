@_spi(Engine) import AdjointKernels

/// The two ways to a value: one call for a single operation on values, and a plan for everything else.
///
/// Nothing here is locked while work is done: two tasks that need the same unevaluated node may both compute
/// it, and the first result stays.
enum Evaluation {
  /// Whether the current task records a function that is run later: nothing is evaluated then.
  @TaskLocal static var isSuspended = false

  /// Computes one node's value, which somebody wants to read.
  static func evaluate(_ root: Node) {
    if root.isShielded || isSuspended && root.operation !== Source.constant { refuse(root) }
    root.checkMemory()
    NumberOrigins.current?.markUnrepeatable()
    if root.evaluateByOneCall() { return Counters.calledOnce() }
    plan(CollectionOfOne(root))
  }

  /// Computes the values of several nodes in one plan. What has no value inside a transformation is left alone.
  static func evaluateAll(_ roots: [Node], releasesGraph: Bool = false) {
    if isSuspended { return }
    NumberOrigins.current?.markUnrepeatable()
    let needed = roots.filter { !$0.isShielded && !$0.hasValue }
    if needed.isEmpty { return }
    for node in needed { node.checkMemory() }
    if needed.count == 1, needed[0].evaluateByOneCall() { return Counters.calledOnce() }
    plan(needed, keepsTracked: !releasesGraph)
  }

  private static func plan(_ roots: some Sequence<Node>, keepsTracked: Bool = true) {
    Walk.borrow { walk in
      _ = run(roots, in: walk, keepsTracked: keepsTracked)
    }
  }

  /// Walks from the roots, finds or makes the plan and runs it; nil if there was nothing left to do.
  static func run(
    _ roots: some Sequence<Node>, in walk: Walk, base: Walk? = nil, keepsTracked: Bool
  ) -> Plan? {
    var pending: [Node] = []
    for root in roots {
      if root.operation === Source.constant {
        if !root.hasValue {
          root.publish(.filled(UInt64(bitPattern: Int64(root.attribute)), root.type, root.elementCount))
        }
      } else {
        pending.append(root)
      }
    }
    walk.go(from: pending, .pending)
    if walk.entries.isEmpty { return nil }
    walk.describePending(pending, keepsTracked: keepsTracked, base: base)
    let plan = PlanCache.shared.plan(for: walk)
    walk.fillTable()
    plan.run(walk.table) { walk.node(at: $0).operation.kernel }
    for output in plan.outputs {
      walk.node(at: output.position).publish(plan.value(output.location, output.shape, walk.table))
    }
    return plan
  }

  private static func refuse(_ root: Node) -> Never {
    if isSuspended {
      fatalError(
        "compiled: the function reads the elements of a \(root.operation.name) of shape \(root.shape) inside itself, where "
          + "there are only shapes; return the tensor and read it outside, or compute with it (where, comparisons)")
    }
    fatalError(
      "vmap: the function needs the elements of an example of shape \(root.shape) at once; inside vmap there are only "
        + "shapes, so compute with the tensor instead (where, comparisons). Factorisations and solvers, which may fail, are "
        + "computed at the call: they take the whole stack of matrices without vmap. The tangents and cotangents of a Jacobian, "
        + "which rules and hooks see, are such examples too")
  }
}

extension Walk {
  /// Puts the description's arrays and numbers into the table.
  fileprivate func fillTable() {
    for external in description.externals {
      table.buffers.append(external.buffer)
      table.offsets.append(external.offset)
    }
    for index in description.numbers.indices { table.numbers.append(description.numbers[index].bits) }
  }
}

extension Node {
  /// Refuses to make an array that the process has no memory for.
  @inline(__always) fileprivate func checkMemory() {
    if elementCount > Shape.smallElementCount {
      shape.checkMemory(operation === Source.constant ? "full" : operation.name, type)
    }
  }

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
