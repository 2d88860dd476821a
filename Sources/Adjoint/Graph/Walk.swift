import AdjointKernels

/// The one walk over a graph: what lies below some roots, as plain arrays, operands before their users.
///
/// Evaluation, both directions of differentiation, batches and inspection all go over the arrays that it makes. It is
/// iterative, visits every node once, and keeps its memory from one use to the next.
final class Walk {
  /// How far the walk goes.
  enum Mode {
    /// Down to what has a value: the work that is left to do.
    case pending
    /// The tape, through values down to leaves, and what else is left to do for it.
    case tape
    /// Everything that is recorded.
    case all
  }

  /// The nodes in the order of their discovery: a node's index here is its place.
  @exclusivity(unchecked) private(set) var nodes: ContiguousArray<Node> = []
  /// The operands of all nodes; those of the node at a place begin at `firstOperand[place]`.
  @exclusivity(unchecked) private(set) var operands: ContiguousArray<Expression> = []
  /// For each operand the place of its node, or `outside` where the walk did not go.
  @exclusivity(unchecked) private(set) var operandPlaces: ContiguousArray<Int32> = []
  /// For each operand, the value that its node had when the walk came by and the operand had none captured.
  @exclusivity(unchecked) private(set) var found: ContiguousArray<Buffer?> = []
  @exclusivity(unchecked) private var firstOperand: ContiguousArray<Int32> = []
  @exclusivity(unchecked) private var operandCounts: ContiguousArray<Int32> = []
  /// By place: whether the node was tracked when the walk came by.
  @exclusivity(unchecked) private(set) var isTracked: ContiguousArray<Bool> = []
  /// The places in an order in which operands come before their users.
  @exclusivity(unchecked) private(set) var sequence: ContiguousArray<Int32> = []
  @exclusivity(unchecked) private var places = IdentityMap()
  @exclusivity(unchecked) private var stack: ContiguousArray<(place: Int32, next: Int32)> = []
  /// Room for what is made of the walk.
  @exclusivity(unchecked) var description = GraphDescription()
  @exclusivity(unchecked) var table = Plan.Table()

  static let outside: Int32 = -1

  private static let spare = SpinLocked<ContiguousArray<Walk>>([])

  /// Lends a walk whose memory has been used before.
  static func borrow<Result>(_ body: (Walk) throws -> Result) rethrows -> Result {
    let walk = spare.withLock { $0.popLast() } ?? Walk()
    defer {
      walk.clear()
      spare.withLock { if $0.count < 16 { $0.append(walk) } }
    }
    return try body(walk)
  }

  private func clear() {
    // What a huge graph needed is given back.
    let keeps = operands.capacity < 1 << 16
    nodes.removeAll(keepingCapacity: keeps)
    operands.removeAll(keepingCapacity: keeps)
    operandPlaces.removeAll(keepingCapacity: keeps)
    found.removeAll(keepingCapacity: keeps)
    firstOperand.removeAll(keepingCapacity: keeps)
    operandCounts.removeAll(keepingCapacity: keeps)
    isTracked.removeAll(keepingCapacity: keeps)
    sequence.removeAll(keepingCapacity: keeps)
    places.removeAll()
    description.clear(keepingCapacity: keeps)
    table.clear(keepingCapacity: keeps)
  }

  /// Walks from the roots, but not below the nodes of `ends`.
  func go(from roots: some Sequence<Node>, _ mode: Mode, stoppingAt ends: Set<ObjectIdentifier> = []) {
    for root in roots {
      if mode == .tape && root.tracking != .tracked { continue }
      if places[root] != nil { continue }
      if mode == .pending && root.hasValue { continue }
      guard let place = discover(root, mode, ends) else { continue }
      stack.append((place, 0))
      while let top = stack.last { step(top.place, top.next, mode, ends) }
    }
  }

  /// Goes on with a node's operands from `next` on: to the first that is new, or back when there is none.
  @inline(__always)
  private func step(_ place: Int32, _ next: Int32, _ mode: Mode, _ ends: Set<ObjectIdentifier>) {
    let first = firstOperand[Int(place)]
    var index = first + next
    let end = first + operandCounts[Int(place)]
    while index < end {
      let operand = Int(index)
      index += 1
      // A local name for the node would count a reference.
      guard operands[operand].node != nil else { continue }
      if mode != .all, operands[operand].buffer != nil || operands[operand].isConstant {
        if mode == .pending || operands[operand].node.unsafelyUnwrapped.tracking != .tracked { continue }
      }
      let node = operands[operand].node.unsafelyUnwrapped
      if let known = places[node] {
        operandPlaces[operand] = Int32(truncatingIfNeeded: known)
        continue
      }
      if let child = discover(node, mode, ends, foundAt: operand) {
        operandPlaces[operand] = child
        stack[stack.count - 1].next = index - first
        stack.append((child, 0))
        return
      }
    }
    sequence.append(place)
    stack.removeLast()
  }

  /// Makes a node part of the walk; nil if its value is there, and is all that is wanted.
  private func discover(
    _ node: Node, _ mode: Mode, _ ends: Set<ObjectIdentifier>, foundAt operand: Int? = nil
  ) -> Int32? {
    let first = operands.count
    let tracked = node.tracking == .tracked
    if ends.isEmpty || !ends.contains(ObjectIdentifier(node)) {
      if let buffer = node.read(into: &operands, orValue: mode == .pending || (mode == .tape && !tracked)) {
        if let operand { found[operand] = buffer }
        return nil
      }
    }
    let place = Int32(truncatingIfNeeded: nodes.count)
    _ = places.insert(node, nodes.count)
    nodes.append(node)
    isTracked.append(tracked)
    firstOperand.append(Int32(truncatingIfNeeded: first))
    operandCounts.append(Int32(truncatingIfNeeded: operands.count - first))
    for _ in first..<operands.count {
      operandPlaces.append(Self.outside)
      found.append(nil)
    }
    return place
  }

  /// The place of a node that the walk met.
  subscript(node: Node) -> Int? { places[node] }

  /// Where the operands of the node at a place are.
  @inline(__always) func operandRange(_ place: Int) -> Range<Int> {
    let first = Int(firstOperand[place])
    return first..<first + Int(operandCounts[place])
  }

  /// The node with its operands, as rules see them.
  func recorded(_ place: Int) -> Recorded { Recorded(nodes[place], Array(operands[operandRange(place)])) }

  /// Whether an operand is a number, or one repeated, and not an array.
  @inline(__always) func isNumber(_ operand: Int) -> Bool {
    operands[operand].buffer == nil && found[operand] == nil && operands[operand].isConstant
  }

  /// The place of an operand's node if it is tracked, or `outside`.
  @inline(__always) func trackedPlace(_ operand: Int) -> Int {
    let place = Int(operandPlaces[operand])
    return place >= 0 && isTracked[place] ? place : -1
  }

  /// Numbers the numbers among the operands; they keep their tags through the rules.
  func tagNumbers() -> Int {
    var count: UInt32 = 0
    for place in sequence {
      for index in operandRange(Int(place)) where isNumber(index) {
        count += 1
        operands[index] = operands[index].tagged(count)
      }
    }
    return Int(count)
  }
}
