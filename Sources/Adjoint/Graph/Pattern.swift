import AdjointKernels

/// The structure of a graph below one root, with the plan that serves it: finds graphs of the same structure again.
///
/// Small tensors cannot pay for planning, nor for describing a graph well enough to look a plan up. A pattern is
/// compared with a graph by walking both: an operation, a shape and the identity of operands per node, no
/// hashing, no sorting. Numbers are part of the structure here, so that what a rule folds from them holds too.
final class Pattern: Sendable {
  /// What the walk is for: the value of the root, or that and the gradients of all leaves.
  enum Mode: UInt8, Sendable { case evaluate, backward }

  /// A node of the walk. A class, and its operands in place: a walk reads fields and copies nothing.
  final class Entry: Sendable {
    let operation: Operation
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
    let operandCount: Int
    let a, b, c: OperandEntry?
    let more: [OperandEntry]

    init(
      _ node: Node, tracking: Tracking, wasComputed: Bool, value: Int, gradient: Int, isWalked: Bool,
      operands: [OperandEntry]
    ) {
      operation = node.operation
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
      operandCount = operands.count
      a = operands.count > 0 ? operands[0] : nil
      b = operands.count > 1 ? operands[1] : nil
      c = operands.count > 2 ? operands[2] : nil
      more = operands
    }
  }

  final class OperandEntry: Sendable {
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

    init(node: Int, isNewNode: Bool, value: Int, layout: Layout?, shape: Shape, bits: UInt64, type: ElementType) {
      self.node = node
      self.isNewNode = isNewNode
      self.value = value
      self.layout = layout
      self.shape = shape
      self.bits = bits
      self.type = type
    }
  }

  let mode: Mode
  let entries: [Entry]
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

  /// The graph that a pattern was compared with.
  struct Binding {
    var nodes = ContiguousArray<Node>()
    var table: ContiguousArray<Buffer?>
  }

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
    entries = walk.finished(places)
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
    var binding = Binding(table: ContiguousArray(repeating: nil, count: tableCount))
    binding.nodes.reserveCapacity(entries.count)
    binding.nodes.append(root)
    if let seed { binding.table[places[0]] = seed }
    var index = 0
    while index < entries.count {
      guard bind(entries[index], index, &binding) else { return nil }
      index += 1
    }
    for (from, to) in copies { binding.table[to] = binding.table[from] }
    return binding
  }

  @inline(__always)
  private func bind(_ entry: Entry, _ index: Int, _ binding: inout Binding) -> Bool {
    let node = binding.nodes[index]
    guard node.operation === entry.operation || node.operation.isSame(as: entry.operation),
      node.attribute == entry.attribute, node.type == entry.type, node.tracking == entry.tracking,
      node.wasComputed == entry.wasComputed,
      mode == .evaluate || !node.interceptsGradient && (!node.isStart || entry.isLeaf),
      node.shape == entry.shape
    else { return false }
    if mode == .backward && entry.isLeaf && entry.tracking == .tracked {
      if let gradient = node.leafState?.gradient {
        guard entry.gradient >= 0, let buffer = gradient.buffer, gradient.layout == nil,
          Self.take(buffer, entry.gradient, &binding)
        else { return false }
      } else if entry.gradient >= 0 {
        return false
      }
    }
    return node.bind(entry, mode, &binding)
  }

  /// Binds a value, or checks that the one bound before is the same.
  @inline(__always)
  static func take(_ buffer: Buffer, _ place: Int, _ binding: inout Binding) -> Bool {
    if binding.table[place] != nil { return binding.table[place] === buffer }
    binding.table[place] = buffer
    return true
  }

  /// Runs the plan on a bound graph.
  func run(
    _ binding: inout Binding, destination: (Int) -> Buffer?, publish: (Int, Value, ContiguousArray<Node>) -> Void
  ) {
    let nodes = binding.nodes
    plan.run(&binding.table, scalars: scalars, destination: destination) { publish($0, $1, nodes) }
    for node in plan.fused where entryOfPlan[node] >= 0 { nodes[entryOfPlan[node]].markComputed() }
  }
}
