/// Plans by structure, whatever the numbers in it.
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
      digest = words.reduce(0) { $0.mixed(with: $1) }
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
    var dropped: [Key: Plan] = [:]
    table.withLock { table in
      if table.plans.count >= Self.capacity { swap(&dropped, &table.plans) }
      table.plans[key] = plan
    }
    return plan
  }

  /// How many evaluations found their plan made, and how many made one.
  var statistics: (hits: Int, misses: Int) { table.withLock { ($0.hits, $0.misses) } }
}

extension UInt64 {
  /// A digest of this and another word: one multiplication each, for tables whose entries are compared anyway.
  @inline(__always) func mixed(with word: UInt64) -> UInt64 {
    let product = (self ^ word) &* 0xD6E8_FEB8_6659_FD93
    return product ^ (product >> 32)
  }
}
