@_spi(Engine) import AdjointKernels
import CKernels

/// Makes the tile program of one pass.
struct PassEmission {
  /// An array that the program reads, as one of possibly several views of it.
  private struct Input {
    let level: UInt8
    let strides: [Int]
    let value: TileProgramBuilder.Value
    /// The next view of the same array, or −1.
    var next: Int32
  }

  private let planner: Planner
  private let index: Int
  private let stamp: Int32
  private let pass: Planner.Pass
  private let extents: Shape
  private let state: EmissionState
  private var builder: TileProgramBuilder
  private var inputs: [(place: Int, byteOffset: Int, elementSize: Int)] = []
  private var views: ContiguousArray<Input> = []
  private var numbers: [Int] = []

  init(_ planner: Planner, _ index: Int, _ state: EmissionState) {
    self.planner = planner
    self.index = index
    stamp = Int32(truncatingIfNeeded: index)
    pass = planner.passes[index]
    extents = planner.spaces[pass.space]
    self.state = state
    builder = TileProgramBuilder(space: extents.tileSpace(reducing: pass.reduced))
  }

  /// The pass, whose results go to the places from `firstPlace` on.
  mutating func pass(outputs: ContiguousArray<Int32>, _ inlined: ContiguousArray<Int32>, firstPlace: Int) -> Plan.Pass {
    let nodes = needed(outputs, inlined)
    state.expressions.begin(stamp, members: nodes.count)
    findFolds(nodes, outputs)
    for position in nodes where !state.isFolded[Int(position)] {
      state.values[Int(position)] = value(of: Int(position))
    }
    var results: [(place: Int, byteCount: Int)] = []
    for position in outputs {
      builder.output(state.values[Int(position)], level: level(Int(position)))
      let node = planner.node(Int(position))
      results.append((firstPlace + results.count, node.elementCount * node.type.size))
    }
    return Plan.Pass(
      builder.build(), inputs: inputs, numbers: numbers, outputs: results, members: nodes.map { Int($0) },
      outputPositions: outputs.map { Int($0) })
  }

  /// The nodes of the pass that the outputs depend on, in topological order; counts who reads them.
  private mutating func needed(
    _ outputs: ContiguousArray<Int32>, _ inlined: ContiguousArray<Int32>
  ) -> ContiguousArray<Int32> {
    var pending = outputs
    var found = outputs
    for position in outputs { meet(position) }
    // What is computed again here is a member for this pass alone.
    var isInlined = Set<Int32>()
    if !inlined.isEmpty { isInlined = Set(inlined) }
    while let position = pending.popLast() {
      let isRenaming = planner.items[Int(position)].alias == .renaming
      for operand in planner.operands(Int(position)) {
        let unresolved = planner.reference(operand)
        let reference = isRenaming ? unresolved : planner.resolve(unresolved)
        guard reference.kind == .node else { continue }
        let other = Int32(truncatingIfNeeded: reference.index)
        guard planner.pass[reference.index] == stamp || isInlined.contains(other) else { continue }
        if state.stamps[reference.index] != stamp {
          meet(other)
          pending.append(other)
          found.append(other)
        }
        state.uses[reference.index] += 1
      }
    }
    found.sort()
    return found
  }

  private func meet(_ position: Int32) {
    state.stamps[Int(position)] = stamp
    state.uses[Int(position)] = 0
    state.isFolded[Int(position)] = false
    state.folds[Int(position)] = -1
  }

  private func isHere(_ position: Int) -> Bool { state.stamps[position] == stamp }

  private func level(_ position: Int) -> TileProgramBuilder.Level {
    // A node that is computed again for this pass is one of its full values, whatever it is at home.
    planner.pass[position] == stamp && planner.level[position] == .row ? .row : .full
  }

  // MARK: Folds

  /// A product that only a sum reads, and a difference that only an exponential reads, become part of it: one
  /// instruction less, with the same roundings.
  private mutating func findFolds(_ nodes: ContiguousArray<Int32>, _ outputs: ContiguousArray<Int32>) {
    // Outputs are read by somebody else as well.
    for position in outputs { state.uses[Int(position)] += 2 }
    for position in nodes {
      guard let inner = foldedOperand(Int(position)) else { continue }
      state.isFolded[inner] = true
      state.folds[Int(position)] = Int32(truncatingIfNeeded: inner)
    }
  }

  /// Which operand the node computes as part of itself.
  private func foldedOperand(_ position: Int) -> Int? {
    let item = planner.items[position]
    guard item.kind == .elementwise else { return nil }
    let foldable: TileOperation
    switch TileOperation(rawValue: item.code) {
    case CK_ADD where item.type != .bool: foldable = CK_MULTIPLY
    case CK_EXP: foldable = CK_SUBTRACT
    default: return nil
    }
    for operand in planner.operands(position) {
      let reference = planner.resolve(planner.reference(operand))
      guard reference.kind == .node, isHere(reference.index), state.uses[reference.index] == 1 else { continue }
      let inner = planner.items[reference.index]
      guard inner.kind == .elementwise, inner.code == foldable.rawValue, inner.space == item.space,
        level(reference.index) == level(position),
        planner.node(reference.index).shape == planner.node(position).shape
      else { continue }
      return reference.index
    }
    return nil
  }

  // MARK: Values

  private mutating func value(of position: Int) -> TileProgramBuilder.Value {
    let item = planner.items[position]
    let range = planner.operands(position)
    switch item.kind {
    case .elementwise: return elementwise(position, TileOperation(rawValue: item.code), range)
    case .reduction:
      let a = operand(range.lowerBound, of: planner.shape(range.lowerBound), .full)
      if planner.level[position] == .full { return a }
      let key = ExpressionTable.Key(code: item.code, kind: 1, level: 0, a: a, b: .none, c: .none)
      let known = state.expressions.find(key)
      if pass.isTiledRows, let value = known.value { return value }
      let result = builder.reduce(TileReduction(rawValue: item.code), a)
      if known.value == nil { state.expressions.insert(key, result, at: known.slot) }
      return result
    default:
      // A reshape of unit axes.
      return state.values[planner.reference(range.lowerBound).index]
    }
  }

  private mutating func elementwise(
    _ position: Int, _ operation: TileOperation, _ range: Range<Int>
  ) -> TileProgramBuilder.Value {
    let level = level(position)
    let inner = Int(state.folds[position])
    if inner >= 0 {
      let innerRange = planner.operands(inner)
      let a = operand(innerRange.lowerBound, reader: position, level)
      let b = operand(innerRange.lowerBound + 1, reader: position, level)
      if operation == CK_EXP { return builder.apply(CK_EXP_SUBTRACT, a, b, level: level) }
      let isFirst = planner.resolve(planner.reference(range.lowerBound)) == Reference(.node, inner)
      let other = operand(range.lowerBound + (isFirst ? 1 : 0), reader: position, level)
      return builder.apply(CK_MULTIPLY_ADD, a, b, other, level: level)
    }
    let a = operand(range.lowerBound, reader: position, level)
    if operation == CK_COPY { return builder.copy(of: a, level: level) }
    let b = range.count > 1 ? operand(range.lowerBound + 1, reader: position, level) : .none
    let c = range.count > 2 ? operand(range.lowerBound + 2, reader: position, level) : .none
    let key = ExpressionTable.Key(code: operation.rawValue, kind: 0, level: level.rawValue, a: a, b: b, c: c)
    let known = state.expressions.find(key)
    if let value = known.value { return value }
    let result = builder.apply(operation, a, b, c, level: level)
    state.expressions.insert(key, result, at: known.slot)
    return result
  }

  /// What an operand is in the program, for a reader that goes over the elements of its own shape.
  @inline(__always)
  private mutating func operand(
    _ operand: Int, reader: Int, _ level: TileProgramBuilder.Level
  ) -> TileProgramBuilder.Value {
    let reference = planner.resolve(planner.reference(operand))
    if reference.kind == .node, isHere(reference.index) { return state.values[reference.index] }
    if reference.kind == .number { return number(reference.index) }
    return input(reference, operand, planner.node(reader).shape, level)
  }

  /// What an operand is in the program: `shape` is that of the elements that its reader goes over.
  private mutating func operand(
    _ operand: Int, of shape: Shape, _ level: TileProgramBuilder.Level
  ) -> TileProgramBuilder.Value {
    let reference = planner.resolve(planner.reference(operand))
    if reference.kind == .node, isHere(reference.index) { return state.values[reference.index] }
    if reference.kind == .number { return number(reference.index) }
    return input(reference, operand, shape, level)
  }

  private mutating func number(_ index: Int) -> TileProgramBuilder.Value {
    if let known = state.numbers[index, of: stamp] { return known }
    let result = builder.scalar(planner.walk.description.numbers[index].type)
    numbers.append(index)
    state.numbers[index, of: stamp] = result
    return result
  }

  private mutating func input(
    _ reference: Reference, _ operand: Int, _ shape: Shape, _ level: TileProgramBuilder.Level
  ) -> TileProgramBuilder.Value {
    if reference.kind == .node, planner.isPlacement(reference.index), state.locations[reference.index] == nil {
      return placedInput(reference)
    }
    let own = planner.shape(of: reference, from: operand)
    let location: Plan.Location
    let type: ElementType
    if reference.kind == .node {
      guard let known = state.locations[reference.index] else {
        fatalError("Plan: \(planner.node(reference.index).operation.name) is read before it is computed")
      }
      location = known
      type = planner.items[reference.index].type
    } else {
      location = Plan.Location(external: reference.index, planner.walk.description)
      type = planner.walk.description.externals[reference.index].node.type
    }
    let over = own.strides(location.strides ?? own.contiguousStrides, over: shape)
    var strides: [Int] = []
    strides.reserveCapacity(shape.rank)
    for axis in 0..<shape.rank where shape[axis] != 1 { strides.append(over[axis]) }
    let first = firstView(of: reference)
    var view = first
    while view >= 0 {
      let known = views[Int(view)]
      if known.level == level.rawValue && known.strides == strides { return known.value }
      view = known.next
    }
    let result = builder.input(type, strides: strides, level: level)
    inputs.append((location.place, location.offset * type.size, type.size))
    add(Input(level: level.rawValue, strides: strides, value: result, next: first), of: reference)
    return result
  }

  private func firstView(of reference: Reference) -> Int32 {
    (reference.kind == .node
      ? state.inputs[reference.index, of: stamp] : state.externals[reference.index, of: stamp]) ?? -1
  }

  private mutating func add(_ input: Input, of reference: Reference) {
    let index = Int32(truncatingIfNeeded: views.count)
    views.append(input)
    if reference.kind == .node {
      state.inputs[reference.index, of: stamp] = index
    } else {
      state.externals[reference.index, of: stamp] = index
    }
  }

  /// What a placement puts into zeros, put there by the pass itself.
  private mutating func placedInput(_ reference: Reference) -> TileProgramBuilder.Value {
    if let known = state.inputs[reference.index, of: stamp] { return views[Int(known)].value }
    let node = planner.node(reference.index)
    guard case .placement(let starts, let steps) = node.operation.alias else { fatalError("Plan: no placement") }
    let operand = planner.operands(reference.index).lowerBound
    let source = planner.reference(operand)
    let shape = planner.shape(operand)
    let location =
      source.kind == .node
      ? state.locations[source.index]! : Plan.Location(external: source.index, planner.walk.description)
    let strides = location.strides ?? shape.contiguousStrides
    let axes = node.shape.indices.filter { node.shape[$0] != 1 }
    let result = builder.input(
      node.type,
      placed: PlacedAccess(
        starts: axes.map { starts[$0] }, steps: axes.map { steps[$0] }, extents: axes.map { shape[$0] },
        strides: axes.map { strides[$0] }))
    inputs.append((location.place, location.offset * node.type.size, node.type.size))
    add(Input(level: 0, strides: [], value: result, next: -1), of: reference)
    return result
  }
}
