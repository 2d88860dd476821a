import Synchronization

/// What a node collects besides its value: its gradient.
final class LeafState: @unchecked Sendable {
  private let content = SpinLocked<Node?>(nil)

  /// The gradient so far.
  var gradient: Node? {
    get { content.withLock { $0 } }
    set {
      // The old gradient is released outside the lock.
      var old: Node?
      content.withLock {
        old = $0
        $0 = newValue
      }
      _ = old
    }
  }

  /// Adds a contribution; two tasks that add at once both count.
  func accumulate(_ contribution: Expression, shape: Shape) {
    while true {
      let before = gradient
      let sum = before.map { Expression($0) + contribution } ?? contribution
      let node = sum.expanded(to: shape).asNode
      let done = content.withLock { current in
        guard current === before else { return false }
        current = node
        return true
      }
      if done { return }
    }
  }
}
