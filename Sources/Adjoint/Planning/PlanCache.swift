@_spi(Engine) import AdjointKernels

/// A plan with the structure that it serves.
final class Recipe: Sendable {
  let words: ContiguousArray<UInt64>
  let plan: Plan
  /// What a backward pass needs besides the plan.
  let replay: TapeReplay?

  init(_ words: borrowing Scratch<UInt64>, _ plan: Plan, _ replay: TapeReplay? = nil) {
    self.words = words.array
    self.plan = plan
    self.replay = replay
  }

  /// Roughly how many words it occupies.
  var size: Int { 4 * words.count + 64 }
}

/// Plans by structure, for graphs of any size, within a bound of memory.
///
/// Two generations: when the young one has grown to half of the bound it becomes the old one, and what is used of the old one
/// becomes young again. So what is in use stays, and no use has to be dated.
final class PlanCache: Sendable {
  static let shared = PlanCache()

  private struct Table {
    var young: [UInt64: [Recipe]] = [:]
    var old: [UInt64: [Recipe]] = [:]
    var size = 0
  }

  /// Words in all: 256 MiB. The plan of a graph of several million nodes is larger, and made anew each time.
  private static let capacity = 32 << 20
  /// Of one structure there may be several: other plans serve other numbers that a rule has looked at.
  private static let mostOfOneStructure = 8
  private let table = SpinLocked(Table()).heldDuringFork()

  /// The plan of a described graph, made if there is none.
  func plan(for walk: Walk) -> Plan {
    if let known = find(walk.description, where: { _ in true }) { return known.plan }
    let plan = Planner.plan(walk)
    Counters.madePlan()
    insert(Recipe(walk.description.words, plan), walk.description.digest)
    return plan
  }

  /// A recipe for the structure that also fits otherwise.
  func find(_ description: borrowing GraphDescription, where fits: (Recipe) -> Bool) -> Recipe? {
    let digest = description.digest
    var isOld = false
    let candidates = table.withLock { table -> [Recipe]? in
      if let found = table.young[digest] { return found }
      isOld = true
      return table.old[digest]
    }
    guard let candidates else { return nil }
    for recipe in candidates where description.words.holds(recipe.words) && fits(recipe) {
      if isOld { insert(recipe, digest) }
      Counters.foundPlan()
      return recipe
    }
    return nil
  }

  func insert(_ recipe: Recipe, _ digest: UInt64) {
    if recipe.size > Self.capacity / 2 { return }
    var dropped: [UInt64: [Recipe]] = [:]
    var replaced: [Recipe]?
    table.withLock { table in
      if table.size + recipe.size > Self.capacity / 2 {
        swap(&dropped, &table.old)
        swap(&table.old, &table.young)
        table.size = 0
      }
      replaced = table.young[digest]
      var list = replaced ?? []
      if list.count >= Self.mostOfOneStructure { list.removeFirst() }
      list.append(recipe)
      table.young[digest] = list
      table.size += recipe.size
    }
  }
}
