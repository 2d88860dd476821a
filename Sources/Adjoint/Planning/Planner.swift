@_spi(Engine) import AdjointKernels

/// Cuts a described graph into passes.
///
/// Nodes are taken in the walk's order. Each joins the first pass that walks its space of elements and does
/// not run before its operands; if there is none it starts one. A pass is one tile program: elementwise nodes,
/// and reductions over one set of axes. Operations that no tile program computes are steps of their own.
///
/// The time is linear in nodes and edges: open passes are found by their space, and a node looks at a few of them.
struct Planner {
  enum Level: UInt8 { case full, row }

  /// A pass, or a step of its own.
  struct Pass {
    /// The extents of the space without unit axes, by number, and which of them are reduced (a bit per axis), if a
    /// reduction has joined.
    let space: Int32
    var reduced = 0
    /// A single view, copy, routine or constant.
    var isSingle = false
    /// Whether the reduced axes are the innermost ones and short enough for rows to stay in tiles.
    var isTiledRows = false
    var members: ContiguousArray<Int32> = []
  }

  /// What planning asks of a node again and again, without touching it.
  struct Item {
    enum Kind: UInt8 { case source, elementwise, reduction, view, opaque }
    enum Alias: UInt8 { case none, repetition, renaming, placement }
    let kind: Kind
    /// Of an elementwise operation or a reduction.
    let code: UInt8
    let alias: Alias
    let type: ElementType
    let firstOperand: Int32
    let operandCount: Int32
    /// The node's shape without axes of extent 1, by number: equal numbers, equal extents.
    let space: Int32
  }

  let walk: Walk
  /// By position.
  let items: ContiguousArray<Item>
  /// By external: the space of its shape.
  let externalSpaces: ContiguousArray<Int32>
  /// The passes in the order in which they will run.
  var passes: ContiguousArray<Pass> = []
  // By position of the node.
  var pass: ContiguousArray<Int32>
  var level: ContiguousArray<Level>
  /// The value is needed as an array.
  var isMaterialized: ContiguousArray<Bool>
  /// The value is wanted when all is done.
  var isKept: ContiguousArray<Bool>
  var spaces: Spaces
  /// By space: the passes that walk it, and those whose rows it counts.
  private var openBySpace: [ContiguousArray<Int32>] = []
  private var openByRows: [ContiguousArray<Int32>] = []

  static func plan(_ walk: Walk) -> Plan {
    var planner = Planner(walk)
    for position in walk.sequence.indices { planner.place(position) }
    return planner.emit()
  }

  private init(_ walk: Walk) {
    self.walk = walk
    let count = walk.sequence.count
    var spaces = Spaces()
    var items: ContiguousArray<Item> = []
    items.reserveCapacity(count)
    for position in 0..<count { items.append(Item(walk, position, &spaces)) }
    self.items = items
    externalSpaces = ContiguousArray(walk.description.externals.map { spaces.number(of: $0.node.shape) })
    self.spaces = spaces
    openBySpace = Array(repeating: [], count: spaces.count)
    openByRows = openBySpace
    pass = ContiguousArray(repeating: -1, count: count)
    level = ContiguousArray(repeating: .full, count: count)
    isKept = ContiguousArray(walk.description.wishes.indices.lazy.map { walk.description.wishes[$0] != .none })
    isMaterialized = isKept
    dropCheapValues()
  }

  // MARK: Grouping

  @inline(__always) func node(_ position: Int) -> Node { walk.node(at: position) }
  @inline(__always) func operands(_ position: Int) -> Range<Int> {
    let first = Int(items[position].firstOperand)
    return first..<first + Int(items[position].operandCount)
  }
  @inline(__always) func reference(_ operand: Int) -> Reference { walk.operands[operand].reference }
  @inline(__always) func shape(_ operand: Int) -> Shape { walk.operands[operand].expression.shape }

  /// The space of what an operand names.
  private func operandSpace(_ operand: Int) -> Int32? {
    let reference = reference(operand)
    return switch reference.kind {
    case .node: items[reference.index].space
    case .external: externalSpaces[reference.index]
    case .number: nil
    }
  }

  /// The space of elements that a node's kernel goes over.
  private mutating func readSpace(_ position: Int) -> Int32 {
    guard items[position].kind == .reduction else { return items[position].space }
    let operand = operands(position).lowerBound
    return operandSpace(operand) ?? space(shape(operand))
  }

  private mutating func place(_ position: Int) {
    let node = node(position)
    let range = operands(position)
    let isEmpty = node.elementCount == 0
    switch node.operation.kernel {
    case .elementwise where !isEmpty:
      join(position, items[position].space, reduced: 0)
    case .reduction where !isEmpty && shape(range.lowerBound).elementCount > 0:
      join(position, readSpace(position), reduced: shape(range.lowerBound).compactMask(node.attribute))
    case .opaque where !isEmpty && isPlacement(position) && shape(range.lowerBound).elementCount > 0:
      // One within another is an array: a chain of them would be followed by recursion.
      let target = reference(range.lowerBound)
      if target.kind == .node && isPlacement(target.index) { return single(position) }
      placeThrough(position, range.lowerBound)
    case .view where !isEmpty && items[position].alias == .renaming:
      // A reshape that only adds or removes unit axes is its operand under another name.
      let target = reference(range.lowerBound)
      guard target.kind == .node, !isPlacement(target.index), !passes[Int(pass[target.index])].isSingle,
        !isTerminal(target.index),
        items[target.index].space == items[position].space
      else { return single(position) }
      pass[position] = pass[target.index]
      level[position] = level[target.index]
      passes[Int(pass[position])].members.append(Int32(truncatingIfNeeded: position))
    default:
      single(position)
    }
  }

  /// A placement is no step of its own where passes read it: they put its operand's elements in their places themselves.
  private mutating func placeThrough(_ position: Int, _ operand: Int) {
    let reference = reference(operand)
    pass[position] = reference.kind == .node ? pass[reference.index] : -1
    if reference.kind == .node { isMaterialized[reference.index] = true }
    if reference.kind == .number || node(position).shape.hasSameExtents(as: shape(operand)) {
      isMaterialized[position] = true
    }
  }

  /// Whether the node is a placement.
  @inline(__always) func isPlacement(_ position: Int) -> Bool { items[position].alias == .placement }

  /// A placement that its reader broadcasts becomes an array.
  private mutating func materializePlacements(_ position: Int) {
    for operand in operands(position) where reference(operand).kind == .node {
      let resolved = resolve(reference(operand))
      guard resolved.kind == .node, isPlacement(resolved.index), !isMaterialized[resolved.index] else { continue }
      if items[resolved.index].space != readSpace(position) { isMaterialized[resolved.index] = true }
    }
  }

  private mutating func space(_ shape: Shape) -> Int32 {
    let number = spaces.number(of: shape)
    while openBySpace.count <= Int(number) {
      openBySpace.append([])
      openByRows.append([])
    }
    return number
  }

  private mutating func single(_ position: Int) {
    var made = Pass(space: -1, isSingle: true)
    made.members.append(Int32(truncatingIfNeeded: position))
    pass[position] = Int32(truncatingIfNeeded: passes.count)
    passes.append(made)
    isMaterialized[position] = true
    for operand in operands(position) where reference(operand).kind == .node {
      isMaterialized[reference(operand).index] = true
    }
  }

  /// How many passes of its space a node looks at.
  private static let candidates = 4

  private mutating func join(_ position: Int, _ space: Int32, reduced: Int) {
    materializePlacements(position)
    // No earlier than any of its operands.
    var earliest: Int32 = 0
    for operand in operands(position) where reference(operand).kind == .node {
      earliest = max(earliest, pass[reference(operand).index])
    }
    var chosen: Int32 = -1
    for index in openBySpace[Int(space)].first(from: earliest, Self.candidates)
    where canJoin(position, openBySpace[Int(space)][index], reduced) {
      chosen = openBySpace[Int(space)][index]
      break
    }
    if reduced == 0 {
      for index in openByRows[Int(space)].first(from: earliest, Self.candidates) {
        let candidate = openByRows[Int(space)][index]
        if chosen >= 0 && candidate >= chosen { break }
        if passes[Int(candidate)].members.count < TileProgram.mostMembers, operandsFit(position, candidate, .row) {
          chosen = candidate
          break
        }
      }
    }
    if chosen < 0 {
      chosen = Int32(truncatingIfNeeded: passes.count)
      passes.append(Pass(space: space))
      openBySpace[Int(space)].append(chosen)
    }
    add(position, to: chosen, space, reduced)
  }

  private mutating func add(_ position: Int, to candidate: Int32, _ space: Int32, _ reduced: Int) {
    let index = Int(candidate)
    pass[position] = candidate
    if reduced != 0 && passes[index].reduced == 0 {
      passes[index].reduced = reduced
      let extents = spaces[space]
      passes[index].isTiledRows = extents.isTiledRows(reduced)
      if passes[index].isTiledRows {
        let rows = self.space(extents.removing(reduced))
        openByRows[Int(rows)].insertSorted(candidate)
      }
    }
    let isReduction = items[position].kind == .reduction
    level[position] = isReduction ? (reduced == 0 ? .full : .row) : (passes[index].space == space ? .full : .row)
    passes[index].members.append(Int32(truncatingIfNeeded: position))
    if passes[index].members.count >= TileProgram.mostMembers {
      openBySpace[Int(passes[index].space)].removeSorted(candidate)
    }
  }

  private mutating func canJoin(_ position: Int, _ candidate: Int32, _ reduced: Int) -> Bool {
    let index = Int(candidate)
    if passes[index].members.count >= TileProgram.mostMembers { return false }
    if reduced != 0 && passes[index].reduced != 0 && reduced != passes[index].reduced { return false }
    return operandsFit(position, candidate, .full)
  }

  /// Whether the operands that the same pass computes are there at the right level and alignment.
  private mutating func operandsFit(_ position: Int, _ candidate: Int32, _ nodeLevel: Level) -> Bool {
    for index in operands(position) where reference(index).kind == .node {
      let resolved = resolve(reference(index))
      guard resolved.kind == .node else { continue }
      let operand = resolved.index
      if isPlacement(operand) {
        // Only in later passes is the operand's array there; and only full values can be put in places.
        if pass[operand] == candidate || (nodeLevel == .row && !isMaterialized[operand]) { return false }
        continue
      }
      guard pass[operand] == candidate else { continue }
      if isTerminal(operand) { return false }
      switch (level[operand], nodeLevel) {
      case (.full, .full), (.row, .row):
        if items[operand].space != readSpace(position) { return false }
      case (.row, .full):
        let full = items[position].kind == .reduction ? shape(index) : node(position).shape
        guard passes[Int(candidate)].isTiledRows, alignsAsRow(node(operand).shape, full, candidate) else {
          return false
        }
      case (.full, .row):
        return false
      }
    }
    return true
  }

  /// Whether a reduction's result only exists when its pass is over.
  func isTerminal(_ position: Int) -> Bool {
    guard level[position] == .row, items[position].kind == .reduction else { return false }
    return !passes[Int(pass[position])].isTiledRows
  }

  /// Whether a per-row array, broadcast to the full shape, repeats along exactly the reduced axes.
  private func alignsAsRow(_ operand: Shape, _ full: Shape, _ candidate: Int32) -> Bool {
    let strides = operand.strides(operand.contiguousStrides, over: full)
    let target = passes[Int(candidate)]
    let extents = spaces[target.space]
    let compact = full.indices.filter { full[$0] != 1 }.map { strides[$0] }
    guard compact.count == extents.rank, target.reduced != 0 else { return false }
    var expected = 1
    for axis in extents.indices.reversed() {
      let isReduced = target.reduced >> axis & 1 == 1
      if compact[axis] != (isReduced ? 0 : expected) { return false }
      if !isReduced { expected *= extents[axis] }
    }
    return true
  }

  // MARK: References

  /// What a repetition repeats: its readers repeat it themselves.
  @inline(__always) func resolve(_ reference: Reference) -> Reference {
    var reference = reference
    while reference.kind == .node, items[reference.index].alias == .repetition, !isMaterialized[reference.index] {
      reference = self.reference(operands(reference.index).lowerBound)
    }
    return reference
  }

  /// The shape of what a reference that was resolved from an operand names.
  func shape(of reference: Reference, from operand: Int) -> Shape {
    switch reference.kind {
    case .node: node(reference.index).shape
    case .external: walk.description.externals[reference.index].node.shape
    case .number: Shape()
    }
  }
}

extension ContiguousArray<Int32> {
  /// Up to `count` indices of a sorted list, from the first entry that is at least `value`.
  fileprivate func first(from value: Int32, _ count: Int) -> Range<Int> {
    var (low, high) = (0, self.count)
    // Most nodes join one of the last passes.
    if let last, last < value { return 0..<0 }
    while low < high {
      let middle = (low + high) / 2
      if self[middle] < value { low = middle + 1 } else { high = middle }
    }
    return low..<Swift.min(low + count, self.count)
  }

  fileprivate mutating func insertSorted(_ value: Int32) {
    let place = first(from: value, 1)
    insert(value, at: place.isEmpty ? self.count : place.lowerBound)
  }

  fileprivate mutating func removeSorted(_ value: Int32) {
    let place = first(from: value, 1)
    if !place.isEmpty && self[place.lowerBound] == value { remove(at: place.lowerBound) }
  }
}

extension Planner.Item {
  fileprivate init(_ walk: Walk, _ position: Int, _ spaces: inout Spaces) {
    let place = Int(walk.sequence[position])
    let range = walk.operandRange(place)
    firstOperand = Int32(truncatingIfNeeded: range.lowerBound)
    operandCount = Int32(truncatingIfNeeded: range.count)
    let node = walk.node(place)
    type = node.type
    space = spaces.number(of: node.shape)
    switch node.operation.kernel {
    case .source: (kind, code) = (.source, 0)
    case .elementwise(let operation): (kind, code) = (.elementwise, operation.rawValue)
    case .reduction(let reduction): (kind, code) = (.reduction, reduction.rawValue)
    case .view: (kind, code) = (.view, 0)
    case .opaque: (kind, code) = (.opaque, 0)
    }
    alias =
      switch node.operation.alias {
      case .none: .none
      case .repetition: .repetition
      case .renaming: .renaming
      case .placement: .placement
      }
  }
}
