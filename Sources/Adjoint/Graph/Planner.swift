import AdjointKernels

/// Cuts a snapshot into passes.
///
/// Nodes are taken in topological order. Each joins the first pass that walks its space of elements and does
/// not run before its operands; if there is none it starts one. A pass is one tile program: elementwise nodes,
/// and reductions over one set of axes. Operations that no tile program computes are steps of their own.
struct Planner {
  /// A pass, or a step of its own.
  struct Pass {
    /// The extents of the space without unit axes, and which of them are reduced, if a reduction has joined.
    var space: [Int]
    var reduced: [Bool]?
    var members: [Int] = []
    /// A single view, copy, opaque operation or constant.
    var isSingle = false
  }

  enum Level { case full, row }

  let snapshot: Snapshot
  var passes: [Pass] = []
  var pass: [Int]
  var level: [Level]
  /// The value is needed as an array.
  var isMaterialized: [Bool]

  private init(_ snapshot: Snapshot) {
    self.snapshot = snapshot
    let count = snapshot.nodes.count
    pass = Array(repeating: -1, count: count)
    level = Array(repeating: .full, count: count)
    isMaterialized = snapshot.isKept
  }

  static func plan(_ snapshot: Snapshot) -> Plan {
    var planner = Planner(snapshot)
    for node in snapshot.nodes.indices { planner.place(node) }
    return planner.emit()
  }

  // MARK: Grouping

  /// The first pass that may hold a node: no earlier than any of its operands'.
  private func earliestPass(_ node: Int) -> Int {
    var earliest = 0
    for case .node(let operand) in snapshot.references[node] { earliest = max(earliest, pass[operand]) }
    return earliest
  }

  private mutating func place(_ index: Int) {
    let node = snapshot.nodes[index]
    let isEmpty = node.shape.elementCount == 0
    switch node.operation.kernel {
    case .elementwise where !isEmpty:
      join(index, space: node.shape.withoutUnitAxes, reduced: nil)
    case .reduction where !isEmpty && operandShape(snapshot.references[index][0]).elementCount > 0:
      let operand = operandShape(snapshot.references[index][0])
      let axes = operand.indices.filter { operand[$0] != 1 }
      let reduced = axes.map { node.attribute >> $0 & 1 == 1 }
      join(index, space: axes.map { operand[$0] }, reduced: reduced.contains(true) ? reduced : nil)
    case .view where !isEmpty && node.operation.isUnitReshape(node, of: snapshot.references[index], in: self):
      // A reshape that only adds or removes unit axes is its operand under another name.
      guard case .node(let operand) = snapshot.references[index][0], !passes[pass[operand]].isSingle,
        !isTerminal(operand)
      else { return single(index) }
      pass[index] = pass[operand]
      level[index] = level[operand]
      passes[pass[index]].members.append(index)
    default:
      single(index)
    }
  }

  private mutating func single(_ index: Int) {
    passes.append(Pass(space: [], members: [index], isSingle: true))
    pass[index] = passes.count - 1
    isMaterialized[index] = true
    for case .node(let operand) in snapshot.references[index] { isMaterialized[operand] = true }
  }

  private mutating func join(_ index: Int, space: [Int], reduced: [Bool]?) {
    let earliest = earliestPass(index)
    for candidate in passes.indices.dropFirst(earliest) where canJoin(index, candidate, space, reduced) {
      add(index, to: candidate, reduced)
      return
    }
    passes.append(Pass(space: space, reduced: nil))
    add(index, to: passes.count - 1, reduced)
  }

  private mutating func add(_ index: Int, to candidate: Int, _ reduced: [Bool]?) {
    if let reduced { passes[candidate].reduced = reduced }
    pass[index] = candidate
    level[index] =
      reduced == nil && passes[candidate].space == snapshot.nodes[index].shape.withoutUnitAxes ? .full : .row
    if reduced == nil, case .reduction = snapshot.nodes[index].operation.kernel { level[index] = .full }
    passes[candidate].members.append(index)
  }

  private func canJoin(_ index: Int, _ candidate: Int, _ space: [Int], _ reduced: [Bool]?) -> Bool {
    let target = passes[candidate]
    if target.isSingle || target.members.count >= 256 { return false }
    if target.space == space {
      if let reduced, let other = target.reduced, reduced != other { return false }
      return operandsFit(index, candidate, reduced == nil ? .full : .full)
    }
    // One element per row of a pass whose rows fit in tiles.
    guard reduced == nil, let others = target.reduced, target.isTiledRows else { return false }
    let kept = zip(target.space, others).filter { !$0.1 }.map(\.0)
    return kept == space && operandsFit(index, candidate, .row)
  }

  /// Whether the operands that the same pass computes are there at the right level and alignment.
  private func operandsFit(_ index: Int, _ candidate: Int, _ nodeLevel: Level) -> Bool {
    let shape: Shape =
      if case .reduction = snapshot.nodes[index].operation.kernel {
        operandShape(snapshot.references[index][0])
      } else {
        snapshot.nodes[index].shape
      }
    for case .node(let unresolved) in snapshot.references[index] {
      guard case .node(let operand) = resolve(.node(unresolved)), pass[operand] == candidate else { continue }
      if isTerminal(operand) { return false }
      let operandShape = snapshot.nodes[operand].shape
      switch (level[operand], nodeLevel) {
      case (.full, .full), (.row, .row):
        if operandShape.withoutUnitAxes != shape.withoutUnitAxes { return false }
      case (.row, .full):
        guard passes[candidate].isTiledRows else { return false }
        if !alignsAsRow(operandShape, shape, passes[candidate]) { return false }
      case (.full, .row):
        return false
      }
    }
    return true
  }

  /// Whether a reduction's result only exists when its pass is over.
  func isTerminal(_ index: Int) -> Bool {
    guard case .reduction = snapshot.nodes[index].operation.kernel, level[index] == .row else { return false }
    return !passes[pass[index]].isTiledRows
  }

  /// Whether a per-row array, broadcast to the full shape, repeats along exactly the reduced axes.
  private func alignsAsRow(_ operand: Shape, _ full: Shape, _ pass: Pass) -> Bool {
    let strides = operand.strides(operand.contiguousStrides, over: full)
    let compact = full.indices.filter { full[$0] != 1 }.map { strides[$0] }
    guard compact.count == pass.space.count, let reduced = pass.reduced else { return false }
    var expected = 1
    for axis in pass.space.indices.reversed() {
      if compact[axis] != (reduced[axis] ? 0 : expected) { return false }
      if !reduced[axis] { expected *= pass.space[axis] }
    }
    return true
  }

  // MARK: References

  func operandShape(_ reference: Reference) -> Shape {
    switch reference {
    case .node(let index): snapshot.nodes[index].shape
    case .external(let index): snapshot.externals[index].shape
    case .scalar: Shape()
    }
  }

  /// What a node reads: through broadcasts, but for a reshape, which is its very operand under another name.
  func readReferences(_ node: Int) -> [Reference] {
    let references = snapshot.references[node]
    return snapshot.nodes[node].operation === Reshape.operation ? references : references.map(resolve)
  }

  /// What a broadcast repeats: its readers repeat it themselves.
  func resolve(_ reference: Reference) -> Reference {
    var reference = reference
    while case .node(let index) = reference, snapshot.nodes[index].operation === Broadcast.operation,
      !isMaterialized[index]
    {
      reference = snapshot.references[index][0]
    }
    return reference
  }
}

extension Planner.Pass {
  /// Whether the reduced axes are the innermost ones and short enough for rows to stay in tiles.
  var isTiledRows: Bool {
    guard let reduced, let first = reduced.firstIndex(of: true) else { return false }
    return reduced[first...].allSatisfy { $0 }
      && space[first...].reduce(1, *) <= TileSpace.longestTiledRow
  }

  var tileSpace: TileSpace {
    guard let reduced, let first = reduced.firstIndex(of: true), let last = reduced.lastIndex(of: true) else {
      return .elements(space)
    }
    if last < space.count - 1 {
      return .columns(
        outer: Array(space[..<first]), reduced: Array(space[first...last]), inner: Array(space[(last + 1)...]))
    }
    return isTiledRows
      ? .rows(kept: Array(space[..<first]), reduced: Array(space[first...]))
      : .longRows(kept: Array(space[..<first]), reduced: Array(space[first...]))
  }
}

extension Shape {
  /// The extents other than 1.
  var withoutUnitAxes: [Int] { filter { $0 != 1 } }
}

extension Operation {
  fileprivate func isUnitReshape(_ node: Node, of references: [Reference], in planner: Planner) -> Bool {
    self === Reshape.operation && planner.operandShape(references[0]).withoutUnitAxes == node.shape.withoutUnitAxes
  }
}
