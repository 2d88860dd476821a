@_spi(Engine) import AdjointKernels

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

  /// Where the walk goes no further, whatever lies below.
  struct Ends {
    static let none = Ends([])
    private let nodes: Set<ObjectIdentifier>
    private let includesVariables: Bool
    private let isEmpty: Bool

    /// Some nodes, and perhaps the variables of all functions that transformations run at the moment.
    init(_ nodes: some Sequence<Node>, openVariables: Bool = false) {
      self.nodes = Set(nodes.lazy.map { ObjectIdentifier($0) })
      includesVariables = openVariables
      isEmpty = self.nodes.isEmpty && !openVariables
    }

    @inline(__always) func contains(_ node: Node) -> Bool {
      !isEmpty && ((includesVariables && OpenInputs.contains(node)) || nodes.contains(ObjectIdentifier(node)))
    }
  }

  /// A node that the walk met.
  struct Entry {
    let node: Node
    let firstOperand: Int32
    let operandCount: Int32
    /// How often the walk's nodes refer to the node.
    var uses: Int32 = 0
    /// Where the node stands in the sequence.
    var position: Int32 = 0
    /// Whether the node was tracked when the walk came by.
    let isTracked: Bool
  }

  /// What a node reads.
  struct Operand {
    var expression: Expression
    /// The value that the node had when the walk came by and none had been captured.
    var found: Buffer?
    /// The place of the node, or `outside` where the walk did not go.
    var place: Int32 = Walk.outside
    /// What the operand is in the description.
    var reference = Reference(.number, 0)

    @inline(__always) init(_ expression: Expression) { self.expression = expression }
  }

  /// A node whose operands are being walked, and which of them is next.
  private struct Frame: BitwiseCopyable {
    var place: Int32
    var next: Int32
  }

  /// The nodes in the order of their discovery: a node's index here is its place.
  @exclusivity(unchecked) private(set) var entries: ContiguousArray<Entry> = []
  /// The operands of all nodes, those of one node side by side.
  @exclusivity(unchecked) var operands: ContiguousArray<Operand> = []
  /// The places in an order in which operands come before their users.
  @exclusivity(unchecked) private(set) var sequence = Scratch<Int32>()
  @exclusivity(unchecked) private var places = IdentityMap()
  @exclusivity(unchecked) private var stack = Scratch<Frame>()
  /// Room for what is made of the walk.
  @exclusivity(unchecked) var description = GraphDescription()
  let table = Plan.Table()

  static let outside: Int32 = -1

  private static let spare = SpinLocked<ContiguousArray<Walk>>([]).heldDuringFork()

  /// Lends a walk whose memory has been used before.
  @inline(__always)
  static func borrow<Result>(_ body: (Walk) throws -> Result) rethrows -> Result {
    let walk = take()
    defer { give(walk) }
    return try body(walk)
  }

  private static func take() -> Walk { spare.withLock { $0.popLast() } ?? Walk() }

  private static func give(_ walk: Walk) {
    walk.clear()
    spare.withLock { if $0.count < 16 { $0.append(walk) } }
  }

  private func clear() {
    // What a huge graph needed is given back.
    let keeps = operands.capacity < 1 << 16
    entries.removeAll(keepingCapacity: keeps)
    operands.removeAll(keepingCapacity: keeps)
    sequence.removeAll()
    places.removeAll()
    description.clear(keepingCapacity: keeps)
    table.clear(keepingCapacity: keeps)
  }

  /// Walks from the roots, but not below `ends`.
  @inline(__always)
  func go(from roots: some Sequence<Node>, _ mode: Mode, stoppingAt ends: Ends = .none) {
    for root in roots { go(from: root, mode, ends) }
  }

  private func go(from root: Node, _ mode: Mode, _ ends: Ends) {
    if mode == .tape && root.tracking != .tracked { return }
    if places[root] != nil { return }
    if mode == .pending && root.hasValue { return }
    guard let place = discover(root, mode, ends) else { return }
    stack.append(Frame(place: place, next: 0))
    while !stack.isEmpty {
      let top = stack[stack.count - 1]
      step(top.place, top.next, mode, ends)
    }
  }

  /// How many nodes the walk met.
  var count: Int { entries.count }
  @inline(__always) func node(_ place: Int) -> Node { entries[place].node }
  /// The node at a position of the sequence.
  @inline(__always) func node(at position: Int) -> Node { entries[Int(sequence[position])].node }
  @inline(__always) func position(_ place: Int) -> Int { Int(entries[place].position) }

  /// Goes on with a node's operands from `next` on: to the first that is new, or back when there is none.
  @inline(__always)
  private func step(_ place: Int32, _ next: Int32, _ mode: Mode, _ ends: Ends) {
    let first = entries[Int(place)].firstOperand
    var index = first + next
    let end = first + entries[Int(place)].operandCount
    while index < end {
      let operand = Int(index)
      index += 1
      // A local name for the node would count a reference.
      guard operands[operand].expression.node != nil else { continue }
      if mode != .all, operands[operand].expression.buffer != nil || operands[operand].expression.isConstant {
        if mode == .pending || operands[operand].expression.node.unsafelyUnwrapped.tracking != .tracked { continue }
      }
      let node = operands[operand].expression.node.unsafelyUnwrapped
      if let known = places[node] {
        operands[operand].place = Int32(truncatingIfNeeded: known)
        entries[known].uses += 1
        continue
      }
      if let child = discover(node, mode, ends, foundAt: operand) {
        operands[operand].place = child
        entries[Int(child)].uses = 1
        stack[stack.count - 1].next = index - first
        stack.append(Frame(place: child, next: 0))
        return
      }
    }
    entries[Int(place)].position = Int32(truncatingIfNeeded: sequence.count)
    sequence.append(place)
    _ = stack.removeLast()
  }

  /// Makes a node part of the walk; nil if its value is there, and is all that is wanted.
  private func discover(
    _ node: Node, _ mode: Mode, _ ends: Ends, foundAt operand: Int? = nil
  ) -> Int32? {
    let first = operands.count
    let tracked = node.tracking == .tracked
    if !ends.contains(node) {
      if let buffer = node.read(into: &operands, orValue: mode == .pending || (mode == .tape && !tracked)) {
        if let operand { operands[operand].found = buffer }
        return nil
      }
    }
    let place = Int32(truncatingIfNeeded: entries.count)
    _ = places.insert(node, entries.count)
    entries.append(
      Entry(
        node: node, firstOperand: Int32(truncatingIfNeeded: first),
        operandCount: Int32(truncatingIfNeeded: operands.count - first), isTracked: tracked))
    return place
  }

  /// The place of a node that the walk met.
  subscript(node: Node) -> Int? { places[node] }

  /// Where the operands of the node at a place are.
  @inline(__always) func operandRange(_ place: Int) -> Range<Int> {
    let first = Int(entries[place].firstOperand)
    return first..<first + Int(entries[place].operandCount)
  }

  /// The node with its operands, as rules see them.
  func recorded(_ place: Int) -> Recorded {
    Recorded(entries[place].node, operands[operandRange(place)].map(\.expression))
  }

  /// Whether an operand is a number, or one repeated, and not an array.
  @inline(__always) func isNumber(_ operand: Int) -> Bool {
    operands[operand].expression.buffer == nil && operands[operand].found == nil
      && operands[operand].expression.isConstant
  }

  /// The place of an operand's node if it is tracked, or `outside`.
  @inline(__always) func trackedPlace(_ operand: Int) -> Int {
    let place = Int(operands[operand].place)
    return place >= 0 && entries[place].isTracked ? place : -1
  }

  /// Numbers the numbers among the operands; they keep their tags through the rules.
  func tagNumbers() -> Int {
    var count: UInt32 = 0
    for position in sequence.indices {
      for index in operandRange(Int(sequence[position])) where isNumber(index) {
        count += 1
        operands[index].expression = operands[index].expression.tagged(count)
      }
    }
    return Int(count)
  }
}
