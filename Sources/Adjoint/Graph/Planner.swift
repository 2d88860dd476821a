import AdjointKernels

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

  let walk: Walk
  /// The passes in the order in which they will run.
  var passes: ContiguousArray<Pass> = []
  // By position of the node.
  var pass: ContiguousArray<Int32>
  var level: ContiguousArray<Level>
  /// The value is needed as an array.
  var isMaterialized: ContiguousArray<Bool>
  /// The value is wanted when all is done.
  var isKept: ContiguousArray<Bool>
  var spaces = Spaces()
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
    pass = ContiguousArray(repeating: -1, count: count)
    level = ContiguousArray(repeating: .full, count: count)
    isKept = ContiguousArray(walk.description.wishes.indices.lazy.map { walk.description.wishes[$0] != .none })
    isMaterialized = isKept
    dropCheapValues()
  }

  // MARK: Grouping

  @inline(__always) func node(_ position: Int) -> Node { walk.node(at: position) }
  @inline(__always) func operands(_ position: Int) -> Range<Int> { walk.operandRange(Int(walk.sequence[position])) }
  @inline(__always) func reference(_ operand: Int) -> Reference { walk.operands[operand].reference }
  @inline(__always) func shape(_ operand: Int) -> Shape { walk.operands[operand].expression.shape }

  private mutating func place(_ position: Int) {
    let node = node(position)
    let range = operands(position)
    let isEmpty = node.elementCount == 0
    switch node.operation.kernel {
    case .elementwise where !isEmpty:
      join(position, space(node.shape), reduced: 0)
    case .reduction where !isEmpty && shape(range.lowerBound).elementCount > 0:
      let operand = shape(range.lowerBound)
      join(position, space(operand), reduced: operand.compactMask(node.attribute))
    case .opaque where !isEmpty && node.operation.alias.isPlacement && shape(range.lowerBound).elementCount > 0:
      placeThrough(position, range.lowerBound)
    case .view where !isEmpty && node.operation.alias.isRenaming:
      // A reshape that only adds or removes unit axes is its operand under another name.
      let target = reference(range.lowerBound)
      guard target.kind == .node, !isPlacement(target.index), !passes[Int(pass[target.index])].isSingle, !isTerminal(target.index),
        shape(range.lowerBound).hasSameExtents(as: node.shape)
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
  @inline(__always) func isPlacement(_ position: Int) -> Bool { node(position).operation.alias.isPlacement }

  /// A placement that its reader broadcasts becomes an array.
  private mutating func materializePlacements(_ position: Int) {
    let node = node(position)
    let isReduction = if case .reduction = node.operation.kernel { true } else { false }
    for operand in operands(position) where reference(operand).kind == .node {
      let resolved = resolve(reference(operand)).index
      guard isPlacement(resolved), !isMaterialized[resolved] else { continue }
      let full = isReduction ? shape(operand) : node.shape
      if !self.node(resolved).shape.hasSameExtents(as: full) { isMaterialized[resolved] = true }
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
    let isReduction = if case .reduction = node(position).operation.kernel { true } else { false }
    level[position] = isReduction ? (reduced == 0 ? .full : .row) : (passes[index].space == space ? .full : .row)
    passes[index].members.append(Int32(truncatingIfNeeded: position))
    if passes[index].members.count >= TileProgram.mostMembers {
      openBySpace[Int(passes[index].space)].removeSorted(candidate)
    }
  }

  private func canJoin(_ position: Int, _ candidate: Int32, _ reduced: Int) -> Bool {
    let index = Int(candidate)
    if passes[index].members.count >= TileProgram.mostMembers { return false }
    if reduced != 0 && passes[index].reduced != 0 && reduced != passes[index].reduced { return false }
    return operandsFit(position, candidate, .full)
  }

  /// Whether the operands that the same pass computes are there at the right level and alignment.
  private func operandsFit(_ position: Int, _ candidate: Int32, _ nodeLevel: Level) -> Bool {
    let node = node(position)
    let isReduction = if case .reduction = node.operation.kernel { true } else { false }
    for index in operands(position) where reference(index).kind == .node {
      let operand = resolve(reference(index)).index
      if isPlacement(operand) {
        // Only in later passes is the operand's array there; and only full values can be put in places.
        if pass[operand] == candidate || (nodeLevel == .row && !isMaterialized[operand]) { return false }
        continue
      }
      guard pass[operand] == candidate else { continue }
      if isTerminal(operand) { return false }
      let full = isReduction ? shape(index) : node.shape
      let own = self.node(operand).shape
      switch (level[operand], nodeLevel) {
      case (.full, .full), (.row, .row):
        if !own.hasSameExtents(as: full) { return false }
      case (.row, .full):
        guard passes[Int(candidate)].isTiledRows, alignsAsRow(own, full, candidate) else { return false }
      case (.full, .row):
        return false
      }
    }
    return true
  }

  /// Whether a reduction's result only exists when its pass is over.
  func isTerminal(_ position: Int) -> Bool {
    guard level[position] == .row, case .reduction = node(position).operation.kernel else { return false }
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
    while reference.kind == .node, node(reference.index).operation.alias.isRepetition,
      !isMaterialized[reference.index]
    {
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
