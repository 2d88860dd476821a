@_spi(Engine) import AdjointKernels

/// What a node collects besides its value: its gradient, its hooks, and where it was recorded.
final class LeafState: Sendable {
  private struct Content {
    var gradient: Node?
    var isTaken = false
    var hooks: [GradientHook] = []
    var hookCount = 0
    var origin: RecordingOrigin?
  }

  private let content = SpinLocked(Content())

  /// The gradient so far. Waits while a backward pass has taken it out to add to it in place.
  var gradient: Node? {
    get {
      while true {
        let (gradient, isTaken) = content.withLock { ($0.gradient, $0.isTaken) }
        if !isTaken { return gradient }
        Parallelism.yieldProcessor()
      }
    }
    set {
      // The old gradient is released outside the lock.
      _ = content.withLock { current in
        let old = current.gradient
        current.gradient = newValue
        return old
      }
    }
  }

  /// Where the node was recorded, if somebody looked for anomalies then.
  var origin: RecordingOrigin? {
    get { content.withLock { $0.origin } }
    set { content.withLock { $0.origin = newValue } }
  }

  /// The hooks in the order of their registration.
  var hooks: [GradientHook] { content.withLock { $0.hooks } }

  /// Adds a hook and returns its number. The node's mark changes under the same lock as the list.
  func addHook(_ action: GradientHook.Action, marking node: Node) -> Int {
    content.withLock { current in
      current.hookCount += 1
      current.hooks.append(GradientHook(number: current.hookCount, action: action))
      node.setHasHooks(true)
      return current.hookCount
    }
  }

  func removeHook(_ number: Int, marking node: Node) {
    // The old list, and what its closures captured, is released outside the lock.
    _ = content.withLock { current in
      let old = current.hooks
      current.hooks = old.filter { $0.number != number }
      if current.hooks.isEmpty { node.setHasHooks(false) }
      return old
    }
  }

  /// Takes the gradient out if it has these elements, until `put`; never waits, because the caller may have taken others.
  func take(holding buffer: Buffer?) -> Node? {
    content.withLock { current in
      guard !current.isTaken, let gradient = current.gradient, gradient.holds(buffer) else { return nil }
      current.gradient = nil
      current.isTaken = true
      return gradient
    }
  }

  /// Puts a gradient back that was taken out, or its successor.
  func put(_ gradient: Node) {
    var old: Node?
    content.withLock { current in
      swap(&old, &current.gradient)
      current.gradient = gradient
      current.isTaken = false
    }
    // Somebody has set another gradient meanwhile: that is what counts, as if it had been set a moment later.
    if let old { self.gradient = old }
  }

  /// Sets the first gradient, unless there is one.
  func start(_ gradient: Node) -> Bool {
    content.withLock { current in
      guard current.gradient == nil, !current.isTaken else { return false }
      current.gradient = gradient
      return true
    }
  }

  /// Adds a contribution and returns the sum, and what it was added to; of two tasks that add at once, both count.
  @discardableResult
  func accumulate(_ contribution: Expression, shape: Shape) -> (sum: Node, before: Node?) {
    while true {
      let before = gradient
      let sum = before.map { Expression($0) + contribution } ?? contribution
      var node = sum.expanded(to: shape).asNode
      // A gradient is a tensor of its own, never another one under a second name; unless its graph is wanted, which
      // a detached copy would lose.
      if before == nil, !(GradientMode.isEnabled && node.tracking == .tracked), let contributed = contribution.node,
        node === contributed
      {
        node = Source.detached.record(node.type, shape, Expression(node)).asNode
      }
      let isDone = content.withLock { current in
        guard current.gradient === before, !current.isTaken else { return false }
        current.gradient = node
        return true
      }
      if isDone { return (node, before) }
    }
  }
}
