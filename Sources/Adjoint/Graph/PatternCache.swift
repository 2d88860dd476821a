import AdjointKernels

/// Patterns by the digest that nodes carry of their structure.
final class PatternCache: Sendable {
  static let shared = PatternCache()

  private struct Table {
    var patterns: [UInt64: [Pattern]] = [:]
    /// Structures that were met once: a pattern is made the second time.
    var seen: Set<UInt64> = []
  }

  private static let capacity = 2048
  private static let perDigest = 8
  private let table = SpinLocked(Table())

  private func key(_ root: Node, _ mode: Pattern.Mode, hasSeed: Bool) -> UInt64 {
    root.structure &+ UInt64(mode.rawValue) &* 2 &+ (hasSeed ? 1 : 0)
  }

  /// A pattern that the graph has, bound to it.
  func find(_ root: Node, _ mode: Pattern.Mode, seed: Buffer?) -> (Pattern, Pattern.Binding)? {
    let candidates = table.withLock { $0.patterns[key(root, mode, hasSeed: seed != nil)] }
    guard let candidates else { return nil }
    for pattern in candidates {
      if let binding = pattern.match(root, seed: seed) { return (pattern, binding) }
    }
    return nil
  }

  /// Whether a pattern should be made of a graph that none was found for.
  func isWorthwhile(_ root: Node, _ mode: Pattern.Mode, seed: Buffer?) -> Bool {
    table.withLock { table in
      if table.seen.count > 4 * Self.capacity { table.seen.removeAll(keepingCapacity: true) }
      return !table.seen.insert(key(root, mode, hasSeed: seed != nil)).inserted
    }
  }

  func insert(_ pattern: Pattern, for root: Node, seed: Buffer?) {
    let key = key(root, pattern.mode, hasSeed: seed != nil)
    var dropped: [UInt64: [Pattern]] = [:]
    table.withLock { table in
      if table.patterns.count >= Self.capacity { swap(&dropped, &table.patterns) }
      var list = table.patterns[key] ?? []
      if list.count >= Self.perDigest { list.removeFirst() }
      list.append(pattern)
      table.patterns[key] = list
    }
  }
}
