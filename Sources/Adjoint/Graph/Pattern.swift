import AdjointKernels

/// The structure of a graph below one root, with the plan that serves it: finds graphs of the same structure again.
///
/// Small tensors cannot pay for planning, nor for describing a graph well enough to look a plan up. A pattern is
/// compared with a graph by walking both: an operation, a shape and the identity of operands per node, no
/// hashing, no sorting. Numbers are part of the structure here, so that what a rule folds from them holds too.
final class Pattern: Sendable {
  /// What the walk is for: the value of the root, or that and the gradients of all leaves.
  enum Mode: UInt8, Sendable { case evaluate, backward }

  /// A node of the walk. Its fields are read where they are: a local copy would count references to its parts.
  struct Entry: Sendable {
    /// Operations made per call are kept alive by `owned`; the others live forever.
    unowned(unsafe) let operation: Operation
    let owned: Operation?
    let type: ElementType
    let shape: Shape
    let attribute: Int
    let tracking: Tracking
    let wasComputed: Bool
    let isLeaf: Bool
    /// Which value the node's own is, or −1 if it has none yet.
    let value: Int
    let layout: Layout?
    /// Which value the leaf's gradient so far is, or −1 if it has none (backward only).
    let gradient: Int
    /// Whether the walk goes on to the operands.
    let isWalked: Bool
    /// The operands, among those of all entries.
    let operands: Range<Int>

    init(
      _ node: Node, tracking: Tracking, wasComputed: Bool, value: Int, gradient: Int, isWalked: Bool,
      operands: Range<Int>
    ) {
      operation = node.operation
      owned = node.operation.isShared ? nil : node.operation
      type = node.type
      shape = node.shape
      attribute = node.attribute
      self.tracking = tracking
      self.wasComputed = wasComputed
      isLeaf = node.operation === Source.leaf
      self.value = value
      layout = value >= 0 ? node.layout : nil
      self.gradient = gradient
      self.isWalked = isWalked
      self.operands = operands
    }
  }

  struct OperandEntry: Sendable {
    /// The entry of the node below, or −1 where only its captured value, or a number, counts.
    let node: Int
    /// Whether the walk meets the node here first.
    let isNewNode: Bool
    /// Which value was captured, or −1.
    let value: Int
    let layout: Layout?
    let shape: Shape
    let bits: UInt64
    let type: ElementType
  }

  /// The graph that a pattern was compared with, and room for what its evaluation needs.
  ///
  /// A pattern keeps one for its next use: four allocations are a quarter of the time of a small step.
  final class Binding: @unchecked Sendable {
    // Used by one thread at a time.
    @exclusivity(unchecked) var nodes: ContiguousArray<Node?>
    @exclusivity(unchecked) var table: ContiguousArray<Buffer?>
    /// Of the nodes, how many are bound.
    @exclusivity(unchecked) var count = 0
    /// The gradients so far, taken out of their leaves, and their buffers where these may be written.
    @exclusivity(unchecked) var taken: ContiguousArray<Node?>
    @exclusivity(unchecked) var owned: ContiguousArray<Buffer?>

    fileprivate init(_ pattern: Pattern) {
      nodes = ContiguousArray(repeating: nil, count: pattern.entries.count)
      table = ContiguousArray(repeating: nil, count: pattern.tableCount)
      taken = ContiguousArray(repeating: nil, count: pattern.gradients.count)
      owned = ContiguousArray(repeating: nil, count: pattern.gradients.count)
    }

    fileprivate func clear() {
      for index in 0..<count { nodes[index] = nil }
      for index in table.indices { table[index] = nil }
      for index in taken.indices {
        taken[index] = nil
        owned[index] = nil
      }
      count = 0
    }
  }

  let mode: Mode
  let entries: ContiguousArray<Entry>
  let operands: ContiguousArray<OperandEntry>
  let plan: Plan
  let scalars: [UInt64]
  /// The plan's table, with places behind it for values that the plan does not read.
  let tableCount: Int
  /// Where each value goes in it, and values that go to a second place.
  let places: [Int]
  let copies: [(from: Int, to: Int)]
  /// For each node of the plan, the entry that it is, or −1 for a gradient.
  let entryOfPlan: [Int]
  /// The entries of leaves, each with the plan's node that is its new gradient.
  let gradients: [(leaf: Int, plan: Int)]

  private let spare = SpinLocked<Binding?>(nil)

  init?(
    _ walk: PatternWalk, plan: Plan, scalars: [UInt64], externals: [Value], planNodes: [Node],
    gradients: [(leaf: Node, gradient: Node)]
  ) {
    mode = walk.mode
    self.plan = plan
    self.scalars = scalars
    var places = Array(repeating: -1, count: walk.values.count)
    var copies: [(from: Int, to: Int)] = []
    for (place, external) in externals.enumerated() {
      // A value that is not part of the graph was made by a rule: whether it may be used again is unknown.
      guard let value = walk.index(of: external) else { return nil }
      if places[value] < 0 { places[value] = place } else { copies.append((places[value], place)) }
    }
    // A gradient that the plan does not add to was changed by somebody else after the walk.
    for gradient in walk.gradientValues where places[gradient] < 0 { return nil }
    var count = plan.places.count
    for value in places.indices where places[value] < 0 {
      places[value] = count
      count += 1
    }
    tableCount = count
    self.places = places
    self.copies = copies
    (entries, operands) = walk.finished(places)
    var entryOf: [ObjectIdentifier: Int] = [:]
    for (index, node) in walk.nodes.enumerated() { entryOf[ObjectIdentifier(node)] = index }
    entryOfPlan = planNodes.map { entryOf[ObjectIdentifier($0)] ?? -1 }
    var planOf: [ObjectIdentifier: Int] = [:]
    for (index, node) in planNodes.enumerated() { planOf[ObjectIdentifier(node)] = index }
    var list: [(leaf: Int, plan: Int)] = []
    for (leaf, gradient) in gradients {
      guard let entry = entryOf[ObjectIdentifier(leaf)], let node = planOf[ObjectIdentifier(gradient)] else {
        return nil
      }
      list.append((entry, node))
    }
    self.gradients = list
  }

  /// Binds the graph below `root` if it has this structure. `seed` is the given cotangent, if there is one.
  func match(_ root: Node, seed: Buffer?) -> Binding? {
    let binding = takeBinding()
    binding.nodes[0] = root
    binding.count = 1
    if let seed { binding.table[places[0]] = seed }
    var index = 0
    while index < entries.count {
      guard bind(index, binding) else {
        finish(binding)
        return nil
      }
      index += 1
    }
    for (from, to) in copies { binding.table[to] = binding.table[from] }
    return binding
  }

  private func takeBinding() -> Binding {
    let found = spare.withLock { spare in
      var taken: Binding?
      swap(&taken, &spare)
      return taken
    }
    return found ?? Binding(self)
  }

  /// Forgets the graph and keeps the room.
  func finish(_ binding: Binding) {
    binding.clear()
    _ = spare.withLock { spare in
      var kept: Binding? = binding
      swap(&kept, &spare)
      return kept
    }
  }

  @inline(__always)
  private func bind(_ index: Int, _ binding: Binding) -> Bool {
    guard let node = binding.nodes[index] else { return false }
    guard
      node.operation === entries[index].operation || node.operation.isSame(as: entries[index].operation),
      node.attribute == entries[index].attribute, node.type == entries[index].type,
      node.tracking == entries[index].tracking, node.wasComputed == entries[index].wasComputed,
      mode == .evaluate || !node.interceptsGradient && (!node.isStart || entries[index].isLeaf),
      node.shape == entries[index].shape
    else { return false }
    if mode == .backward && entries[index].isLeaf && entries[index].tracking == .tracked {
      if let gradient = node.leafState?.gradient {
        guard entries[index].gradient >= 0, let buffer = gradient.buffer, gradient.layout == nil,
          Self.take(buffer, entries[index].gradient, binding)
        else { return false }
      } else if entries[index].gradient >= 0 {
        return false
      }
    }
    return node.bind(self, index, binding)
  }

  /// Binds a value, or checks that the one bound before is the same.
  @inline(__always)
  static func take(_ buffer: Buffer, _ place: Int, _ binding: Binding) -> Bool {
    if binding.table[place] != nil { return binding.table[place] === buffer }
    binding.table[place] = buffer
    return true
  }

  /// Runs the plan on a bound graph.
  func run(_ binding: Binding, destination: (Int) -> Buffer?, publish: (Int, consuming Value) -> Void) {
    plan.run(&binding.table, scalars: scalars, destination: destination, publish: publish)
    for node in plan.fused where entryOfPlan[node] >= 0 { binding.nodes[entryOfPlan[node]]!.markComputed() }
  }
}
