import AdjointKernels

/// The structure of a graph below one root, with the plan that serves it: finds graphs of the same structure again.
///
/// Small tensors cannot pay for planning, nor for describing a graph well enough to look a plan up. A pattern is
/// compared with a graph by walking both: an operation, a shape and the identity of operands per node, no
/// hashing, no sorting. Numbers are part of the structure here, so that what a rule folds from them holds too.
final class Pattern: Sendable {
  /// What the walk is for: the value of the root, or that and the gradients of all leaves.
  enum Mode: UInt8, Sendable { case evaluate, backward }

  struct Entry: Sendable {
    var operation: Operation
    var type: ElementType
    var shape: Shape
    var attribute: Int
    var tracking: Tracking
    var wasComputed: Bool
    /// Which value the node's own is, or −1 if it has none yet.
    var value = -1
    /// Which value the leaf's gradient so far is, or −1 if it has none (backward only).
    var gradient = -1
    /// Whether the walk goes on to the operands.
    var isWalked = true
    var operands: [OperandEntry] = []
  }

  struct OperandEntry: Sendable {
    /// The entry of the node below, or −1 where only its captured value, or a number, counts.
    var node = -1
    /// Whether the walk meets the node here first.
    var isNewNode = false
    /// Which value was captured, or −1.
    var value = -1
    var layout: Layout?
    var shape: Shape
    var bits: UInt64 = 0
    var type: ElementType
  }

  let mode: Mode
  let entries: [Entry]
  let valueCount: Int
  let plan: Plan
  let scalars: [UInt64]
  /// Which value goes to which place of the plan's table.
  let table: [(value: Int, place: Int)]
  /// For each node of the plan, the entry that it is, or −1 for a gradient.
  let entryOfPlan: [Int]
  /// The entries of leaves, each with the plan's node that is its new gradient.
  let gradients: [(leaf: Int, plan: Int)]

  /// The graph that a pattern was compared with.
  struct Binding {
    var nodes = ContiguousArray<Node>()
    var values: ContiguousArray<Value?>
  }

  init?(
    _ walk: PatternWalk, plan: Plan, scalars: [UInt64], externals: [Value], planNodes: [Node],
    gradients: [(leaf: Node, gradient: Node)]
  ) {
    mode = walk.mode
    entries = walk.entries
    valueCount = walk.values.count
    self.plan = plan
    self.scalars = scalars
    var table: [(value: Int, place: Int)] = []
    for (place, external) in externals.enumerated() {
      // A value that is not part of the graph was made by a rule: whether it may be used again is unknown.
      guard let value = walk.index(of: external) else { return nil }
      table.append((value, place))
    }
    self.table = table
    var entryOf: [ObjectIdentifier: Int] = [:]
    for (index, node) in walk.nodes.enumerated() { entryOf[ObjectIdentifier(node)] = index }
    entryOfPlan = planNodes.map { entryOf[ObjectIdentifier($0)] ?? -1 }
    var planOf: [ObjectIdentifier: Int] = [:]
    for (index, node) in planNodes.enumerated() { planOf[ObjectIdentifier(node)] = index }
    var list: [(leaf: Int, plan: Int)] = []
    for (leaf, gradient) in gradients {
      guard let entry = entryOf[ObjectIdentifier(leaf)], let node = planOf[ObjectIdentifier(gradient)] else { return nil }
      list.append((entry, node))
    }
    self.gradients = list
  }

  /// Binds the graph below `root` if it has this structure. `seed` is the given cotangent, if there is one.
  func match(_ root: Node, seed: Value?) -> Binding? {
    var binding = Binding(values: ContiguousArray(repeating: nil, count: valueCount))
    binding.nodes.reserveCapacity(entries.count)
    binding.nodes.append(root)
    if let seed {
      guard seed.layout == nil else { return nil }
      binding.values[0] = seed
    }
    var index = 0
    while index < entries.count {
      guard bind(index, &binding) else { return nil }
      index += 1
    }
    return binding
  }

  @inline(__always)
  private func bind(_ index: Int, _ binding: inout Binding) -> Bool {
    let node = binding.nodes[index]
    return entries.withElement(index) { entry in
      guard node.operation === entry.operation || node.operation.isSame(as: entry.operation),
        node.attribute == entry.attribute, node.type == entry.type, node.tracking == entry.tracking,
        node.wasComputed == entry.wasComputed, !node.retainsGrad || mode == .evaluate, node.shape == entry.shape
      else { return false }
      if mode == .backward && entry.tracking == .tracked && node.operation === Source.leaf {
        let gradient = node.leafState?.gradient?.value
        guard (gradient != nil) == (entry.gradient >= 0) else { return false }
        if let gradient, !Self.take(gradient, entry.gradient, nil, &binding.values) { return false }
      }
      return node.inspect { value, operands in
        if node.operation !== Source.leaf || entry.value >= 0 {
          guard (value != nil) == (entry.value >= 0) else { return false }
          if let value, !Self.take(value, entry.value, nil, &binding.values) { return false }
        }
        if !entry.isWalked { return true }
        guard operands.count == entry.operands.count else { return false }
        for k in 0..<operands.count where !bind(operands[k], entry.operands[k], &binding) { return false }
        return true
      }
    }
  }

  @inline(__always)
  private func bind(_ operand: Expression, _ expected: OperandEntry, _ binding: inout Binding) -> Bool {
    if expected.value >= 0 {
      guard let value = operand.value, Self.take(value, expected.value, expected.layout, &binding.values) else {
        return false
      }
    } else if operand.value != nil {
      return false
    }
    if expected.node >= 0 {
      guard let child = operand.node else { return false }
      if expected.isNewNode {
        binding.nodes.append(child)
        return true
      }
      return binding.nodes[expected.node] === child
    }
    if expected.value >= 0 {
      guard let child = operand.node else { return false }
      return child.shape == expected.shape && child.type == expected.type
        && (mode == .evaluate || child.tracking != .tracked)
    }
    return operand.constantBits == expected.bits && operand.type == expected.type && operand.shape == expected.shape
  }

  /// Binds a value, or checks that the one bound before is the same.
  @inline(__always)
  private static func take(
    _ value: Value, _ index: Int, _ layout: Layout?, _ values: inout ContiguousArray<Value?>
  ) -> Bool {
    if let bound = values[index] { return bound.buffer === value.buffer && bound.layout == value.layout }
    if value.layout !== layout && value.layout != layout { return false }
    values[index] = value
    return true
  }

  /// Runs the plan on a bound graph.
  func run(_ binding: borrowing Binding, destination: (Int) -> Buffer?, publish: (Int, Value) -> Void) {
    var places = ContiguousArray<Value?>(repeating: nil, count: plan.places.count)
    for (value, place) in table { places[place] = binding.values[value] }
    plan.run(&places, scalars: scalars, destination: destination, publish: publish)
    for node in plan.fused where entryOfPlan[node] >= 0 { binding.nodes[entryOfPlan[node]].markComputed() }
  }
}

extension Array {
  /// Hands an element to `body` without copying what it refers to.
  @inline(__always)
  fileprivate func withElement<Result>(_ index: Int, _ body: (borrowing Element) -> Result) -> Result {
    body(self[index])
  }
}
