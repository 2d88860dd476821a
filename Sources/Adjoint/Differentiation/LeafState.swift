/// What a node collects besides its value: its gradient.
final class LeafState: Sendable {
  private let content = SpinLocked<Node?>(nil)

  /// The gradient so far.
  var gradient: Node? {
    get { content.withLock { $0 } }
    set {
      // The old gradient is released outside the lock.
      _ = content.withLock { current in
        let old = current
        current = newValue
        return old
      }
    }
  }

  /// Takes the gradient out.
  func take() -> Node? {
    content.withLock { current in
      let old = current
      current = nil
      return old
    }
  }

  /// Puts a gradient back that was taken out, or adds it to the one that came meanwhile.
  func put(_ gradient: Node) {
    let isDone = content.withLock { current in
      guard current == nil else { return false }
      current = gradient
      return true
    }
    if !isDone { accumulate(Expression(gradient), shape: gradient.shape) }
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
        node = Detach.operation.record(node.type, shape, Expression(node)).asNode
      }
      let isDone = content.withLock { current in
        guard current === before else { return false }
        current = node
        return true
      }
      if isDone { return (node, before) }
    }
  }
}
