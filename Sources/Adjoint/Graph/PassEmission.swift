import AdjointKernels
import CKernels

/// Makes the tile program of one pass.
struct PassEmission {
  private struct InputKey: Hashable {
    let reference: Reference
    let level: UInt8
  }
  /// Equal operations on equal operands are computed once.
  private struct ExpressionKey: Hashable {
    let code, kind, level: UInt8
    let a, b, c: TileProgramBuilder.Value
  }

  private let planner: Planner
  private let index: Int
  private let pass: Planner.Pass
  private let extents: Shape
  private let state: EmissionState
  private var builder: TileProgramBuilder
  private var inputs: [(place: Int, byteOffset: Int, elementSize: Int)] = []
  private var inputValues: [InputKey: [(strides: [Int], value: TileProgramBuilder.Value)]] = [:]
  private var numbers: [Int] = []
  private var numberValues: [Int: TileProgramBuilder.Value] = [:]
  private var expressions: [ExpressionKey: TileProgramBuilder.Value] = [:]

  init(_ planner: Planner, _ index: Int, _ state: EmissionState) {
    self.planner = planner
    self.index = index
    pass = planner.passes[index]
    extents = planner.spaces[pass.space]
    self.state = state
    builder = TileProgramBuilder(space: extents.tileSpace(reducing: pass.reduced))
  }

  /// The pass, whose results go to the places from `firstPlace` on.
  mutating func pass(outputs: ContiguousArray<Int32>, _ inlined: ContiguousArray<Int32>, firstPlace: Int) -> Plan.Pass {
    let nodes = needed(outputs, inlined)
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
    let stamp = Int32(truncatingIfNeeded: index)
    var pending = outputs
    var found = outputs
    for position in outputs { meet(position, stamp) }
    // What is computed again here is a member for this pass alone.
    var isInlined = Set<Int32>()
    if !inlined.isEmpty { isInlined = Set(inlined) }
    while let position = pending.popLast() {
      let isRenaming = planner.node(Int(position)).operation.alias.isRenaming
      for operand in planner.operands(Int(position)) {
        let unresolved = planner.reference(operand)
        let reference = isRenaming ? unresolved : planner.resolve(unresolved)
        guard reference.kind == .node else { continue }
        let other = Int32(truncatingIfNeeded: reference.index)
        guard planner.pass[reference.index] == stamp || isInlined.contains(other) else { continue }
        if state.stamps[reference.index] != stamp {
          meet(other, stamp)
          pending.append(other)
          found.append(other)
        }
        state.uses[reference.index] += 1
      }
    }
    found.sort()
    return found
  }

  private mutating func meet(_ position: Int32, _ stamp: Int32) {
    state.stamps[Int(position)] = stamp
    state.uses[Int(position)] = 0
    state.isFolded[Int(position)] = false
  }

  private func isHere(_ position: Int) -> Bool { state.stamps[position] == Int32(truncatingIfNeeded: index) }

  private func level(_ position: Int) -> TileProgramBuilder.Level {
    // A node that is computed again for this pass is one of its full values, whatever it is at home.
    planner.pass[position] == Int32(truncatingIfNeeded: index) && planner.level[position] == .row ? .row : .full
  }

  // MARK: Folds

  /// A product that only a sum reads, and a difference that only an exponential reads, become part of it: one
  /// instruction less, with the same roundings.
  private mutating func findFolds(_ nodes: ContiguousArray<Int32>, _ outputs: ContiguousArray<Int32>) {
    // Outputs are read by somebody else as well.
    for position in outputs { state.uses[Int(position)] += 2 }
    for position in nodes {
      if let inner = foldedOperand(Int(position)) { state.isFolded[inner] = true }
    }
  }

  /// Which operand the node computes as part of itself.
  private func foldedOperand(_ position: Int) -> Int? {
    let node = planner.node(position)
    guard case .elementwise(let reader) = node.operation.kernel else { return nil }
    let foldable: TileOperation
    switch reader {
    case CK_ADD where node.type != .bool: foldable = CK_MULTIPLY
    case CK_EXP: foldable = CK_SUBTRACT
    default: return nil
    }
    for operand in planner.operands(position) {
      let reference = planner.resolve(planner.reference(operand))
      guard reference.kind == .node, isHere(reference.index), state.uses[reference.index] == 1 else { continue }
      let inner = planner.node(reference.index)
      guard case .elementwise(foldable) = inner.operation.kernel, inner.shape == node.shape,
        level(reference.index) == level(position)
      else { continue }
      return reference.index
    }
    return nil
  }

  // MARK: Values

  private mutating func value(of position: Int) -> TileProgramBuilder.Value {
    let node = planner.node(position)
    let range = planner.operands(position)
    switch node.operation.kernel {
    case .elementwise(let operation):
      let level = level(position)
      if let inner = foldedOperand(position), state.isFolded[inner] {
        let innerRange = planner.operands(inner)
        let a = operand(innerRange.lowerBound, node.shape, level)
        let b = operand(innerRange.lowerBound + 1, node.shape, level)
        if operation == CK_EXP { return builder.apply(CK_EXP_SUBTRACT, a, b, level: level) }
        let isFirst = planner.resolve(planner.reference(range.lowerBound)) == Reference(.node, inner)
        let other = operand(range.lowerBound + (isFirst ? 1 : 0), node.shape, level)
        return builder.apply(CK_MULTIPLY_ADD, a, b, other, level: level)
      }
      let a = operand(range.lowerBound, node.shape, level)
      if operation == CK_COPY { return builder.copy(of: a, level: level) }
      let b = range.count > 1 ? operand(range.lowerBound + 1, node.shape, level) : .none
      let c = range.count > 2 ? operand(range.lowerBound + 2, node.shape, level) : .none
      let key = ExpressionKey(code: operation.rawValue, kind: 0, level: level.rawValue, a: a, b: b, c: c)
      if let known = expressions[key] { return known }
      let result = builder.apply(operation, a, b, c, level: level)
      expressions[key] = result
      return result
    case .reduction(let reduction):
      let a = operand(range.lowerBound, planner.shape(range.lowerBound), .full)
      if planner.level[position] == .full { return a }
      let key = ExpressionKey(code: reduction.rawValue, kind: 1, level: 0, a: a, b: .none, c: .none)
      if pass.isTiledRows, let known = expressions[key] { return known }
      let result = builder.reduce(reduction, a)
      expressions[key] = result
      return result
    default:
      // A reshape of unit axes.
      return state.values[planner.reference(range.lowerBound).index]
    }
  }

  /// What an operand is in the program: `shape` is that of the elements that its reader goes over.
  private mutating func operand(
    _ operand: Int, _ shape: Shape, _ level: TileProgramBuilder.Level
  ) -> TileProgramBuilder.Value {
    let reference = planner.resolve(planner.reference(operand))
    switch reference.kind {
    case .node where isHere(reference.index): return state.values[reference.index]
    case .number:
      if let known = numberValues[reference.index] { return known }
      let result = builder.scalar(planner.walk.description.numbers[reference.index].type)
      numbers.append(reference.index)
      numberValues[reference.index] = result
      return result
    default: return input(reference, operand, shape, level)
    }
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
      type = planner.node(reference.index).type
    } else {
      location = Plan.Location(external: reference.index, planner.walk.description)
      type = planner.walk.description.externals[reference.index].node.type
    }
    let over = own.strides(location.strides ?? own.contiguousStrides, over: shape)
    var strides: [Int] = []
    strides.reserveCapacity(shape.rank)
    for axis in 0..<shape.rank where shape[axis] != 1 { strides.append(over[axis]) }
    let key = InputKey(reference: reference, level: level.rawValue)
    let known = inputValues[key]
    if let known {
      for entry in known where entry.strides == strides { return entry.value }
    }
    let result = builder.input(type, strides: strides, level: level)
    inputs.append((location.place, location.offset * type.size, type.size))
    inputValues[key, default: []].append((strides, result))
    return result
  }

  /// What a placement puts into zeros, put there by the pass itself.
  private mutating func placedInput(_ reference: Reference) -> TileProgramBuilder.Value {
    let key = InputKey(reference: reference, level: 0)
    if let known = inputValues[key]?.first { return known.value }
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
    inputValues[key] = [([], result)]
    return result
  }
}
