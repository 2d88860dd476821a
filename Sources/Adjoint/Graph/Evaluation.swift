import AdjointKernels
import Synchronization

/// Evaluates nodes: takes a snapshot, finds or makes its plan, runs it.
///
/// Nothing here is locked while work is done: two tasks that need the same unevaluated node may both compute
/// it, and the first result stays.
enum Evaluation {
  static func evaluate(_ roots: [Node]) {
    var needed: [Node] = []
    for root in roots where root.value == nil {
      if root.operation === Source.constant {
        let bits = UInt64(bitPattern: Int64(root.attribute))
        root.publish(.filled(bits, root.type, root.shape.elementCount))
      } else {
        needed.append(root)
      }
    }
    if needed.isEmpty { return }
    let snapshot = Snapshot(roots: needed)
    if snapshot.nodes.isEmpty { return }
    let plan = PlanCache.shared.plan(for: snapshot)
    plan.run(externals: snapshot.externals, scalars: snapshot.scalars) { index, value in
      snapshot.nodes[index].publish(value)
    }
    for index in plan.fused { snapshot.nodes[index].markComputed() }
    // What only the tape of an already released graph refers to need not stay.
    for node in snapshot.nodes where node.tracking == .tracked { node.releaseIfOrphaned() }
  }
}

extension Node {
  /// Evaluates the node if necessary.
  func evaluated() -> Value {
    if let value { return value }
    Evaluation.evaluate([self])
    return value!
  }

  /// A tracked node whose operands are all evaluated, and released or never tracked, leads nowhere: a sum of
  /// losses whose graphs are gone must not keep itself alive.
  fileprivate func releaseIfOrphaned() {
    if value == nil { return }
    for operand in operands {
      guard let node = operand.node else { continue }
      if node.tracking == .tracked { return }
    }
    releaseGraph()
  }
}

/// Plans by structure.
final class PlanCache: Sendable {
  static let shared = PlanCache()

  private struct Table {
    var plans: [Key: Plan] = [:]
    var hits = 0
    var misses = 0
  }

  struct Key: Hashable {
    let words: [UInt64]
    let digest: UInt64

    init(_ words: [UInt64]) {
      self.words = words
      // SipHash over hundreds of words costs more than the plan's execution on small tensors; the words
      // themselves are compared on a hit.
      var digest: UInt64 = 0x9E37_79B9_7F4A_7C15
      for word in words {
        digest = (digest ^ word) &* 0xD6E8_FEB8_6659_FD93
        digest ^= digest >> 32
      }
      self.digest = digest
    }

    func hash(into hasher: inout Hasher) { hasher.combine(digest) }
    static func == (a: Key, b: Key) -> Bool { a.digest == b.digest && a.words == b.words }
  }

  private static let capacity = 1024
  private let table = SpinLocked(Table())

  func plan(for snapshot: Snapshot) -> Plan {
    let key = Key(snapshot.key)
    if let plan = table.withLock({ table in
      let plan = table.plans[key]
      if plan != nil { table.hits += 1 } else { table.misses += 1 }
      return plan
    }) {
      return plan
    }
    let plan = Planner.plan(snapshot)
    table.withLock { table in
      if table.plans.count >= Self.capacity { table.plans.removeAll(keepingCapacity: true) }
      table.plans[key] = plan
    }
    return plan
  }

  /// How many evaluations found their plan made, and how many made one.
  var statistics: (hits: Int, misses: Int) { table.withLock { ($0.hits, $0.misses) } }
}

/// A value behind a lock of a few instructions, for sections that only move references.
final class SpinLocked<Content>: @unchecked Sendable {
  private let spin = Atomic<UInt8>(0)
  private var content: Content

  init(_ content: sending Content) { self.content = content }

  func withLock<Result>(_ body: (inout Content) -> Result) -> Result {
    while spin.exchange(1, ordering: .acquiring) != 0 { Parallelism.yieldProcessor() }
    defer { spin.store(0, ordering: .releasing) }
    return body(&content)
  }
}
