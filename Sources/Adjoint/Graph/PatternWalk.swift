import AdjointKernels

/// The walk over a graph that a pattern repeats: what it meets, in order.
struct PatternWalk {
  let mode: Pattern.Mode
  /// What a node was before the evaluation changed it.
  private struct Found {
    var tracking: Tracking
    var wasComputed: Bool
    var value = -1
    var gradient = -1
    var gradientNode: Node?
    var isWalked = true
    var operands: [FoundOperand] = []
  }

  private struct FoundOperand {
    var node = -1
    var isNewNode = false
    var value = -1
    var layout: Layout?
    var shape: Shape
    var bits: UInt64 = 0
    var type: ElementType
  }

  private var entries: [Found] = []
  private(set) var nodes: [Node] = []
  private(set) var values: [Value] = []
  private var positions = IdentityMap()
  private var buffers: [ObjectIdentifier: Int] = [:]
  private(set) var isPossible = true

  /// Graphs larger than this take longer to compute than to plan.
  static let largestGraph = 4096

  init(_ root: Node, mode: Pattern.Mode, seed: Value?) {
    self.mode = mode
    if let seed {
      if seed.layout != nil { isPossible = false }
      _ = index(adding: seed)
    }
    meet(root)
    var next = 0
    while next < nodes.count && isPossible {
      visit(next)
      next += 1
      if nodes.count > Self.largestGraph { isPossible = false }
    }
  }

  /// Which of the graph's values this is.
  func index(of value: Value) -> Int? {
    guard let index = buffers[ObjectIdentifier(value.buffer)], values[index].layout == value.layout else { return nil }
    return index
  }

  private mutating func index(adding value: Value) -> Int {
    if let index = index(of: value) { return index }
    // One buffer under two layouts: rare enough to leave to the planner.
    if buffers[ObjectIdentifier(value.buffer)] != nil { isPossible = false }
    values.append(value)
    buffers[ObjectIdentifier(value.buffer)] = values.count - 1
    return values.count - 1
  }

  private mutating func meet(_ node: Node) {
    positions[node] = nodes.count
    nodes.append(node)
    entries.append(Found(tracking: node.tracking, wasComputed: node.wasComputed))
    if node.operation.isPerCall
      || (mode == .backward && (node.interceptsGradient || (node.isStart && node.operation !== Source.leaf)))
    {
      isPossible = false
    }
  }

  private mutating func visit(_ index: Int) {
    let node = nodes[index]
    let isLeaf = node.operation === Source.leaf
    if mode == .backward, isLeaf, node.tracking == .tracked, let gradient = node.leafState?.gradient {
      guard let value = gradient.value, value.layout == nil else {
        isPossible = false
        return
      }
      entries[index].gradient = self.index(adding: value)
      entries[index].gradientNode = gradient
    }
    if let value = node.value, !isLeaf {
      entries[index].value = self.index(adding: value)
    }
    entries[index].isWalked = entries[index].value < 0 || (mode == .backward && node.tracking == .tracked)
    guard entries[index].isWalked else { return }
    for operand in node.operands {
      var entry = FoundOperand(shape: operand.shape, type: operand.type)
      if let value = operand.value {
        entry.value = self.index(adding: value)
        entry.layout = value.layout
      }
      if let bits = operand.constantBits, operand.value == nil {
        entry.bits = bits
      } else if let child = operand.node, operand.value == nil || (mode == .backward && child.tracking == .tracked) {
        if let known = positions[child] {
          entry.node = known
        } else {
          entry.node = nodes.count
          entry.isNewNode = true
          meet(child)
        }
      }
      entries[index].operands.append(entry)
    }
  }

  /// The values that are leaves' gradients so far.
  var gradientValues: [Int] { entries.map(\.gradient).filter { $0 >= 0 } }

  /// Whether a leaf's gradient was `gradient` when the walk passed.
  func met(_ gradient: Node?, of leaf: Node) -> Bool {
    positions[leaf].map { entries[$0].gradientNode === gradient } ?? false
  }

  /// The pattern's entries and their operands, once it is known where in a table each value goes.
  func finished(_ places: [Int]) -> (ContiguousArray<Pattern.Entry>, ContiguousArray<Pattern.OperandEntry>) {
    func place(_ value: Int) -> Int { value < 0 ? -1 : places[value] }
    var operands: ContiguousArray<Pattern.OperandEntry> = []
    var finished: ContiguousArray<Pattern.Entry> = []
    for (node, entry) in zip(nodes, entries) {
      let first = operands.count
      for operand in entry.operands {
        operands.append(
          Pattern.OperandEntry(
            node: operand.node, isNewNode: operand.isNewNode, value: place(operand.value), layout: operand.layout,
            shape: operand.shape, bits: operand.bits, type: operand.type))
      }
      finished.append(
        Pattern.Entry(
          node, tracking: entry.tracking, wasComputed: entry.wasComputed, value: place(entry.value),
          gradient: place(entry.gradient), isWalked: entry.isWalked, operands: first..<operands.count))
    }
    return (finished, operands)
  }
}
