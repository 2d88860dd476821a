@_spi(Engine) import AdjointKernels

extension Planner {
  /// Turns the passes into steps.
  mutating func emit() -> Plan {
    let inlined = demandArrays()
    var emission = PlanEmission(self)
    for index in passes.indices { emission.emit(pass: index, inlined[index]) }
    return emission.finish()
  }
}

/// Makes the steps of each pass, and the places that they read and write.
struct PlanEmission {
  let planner: Planner
  private(set) var steps: [Plan.Step] = []
  private(set) var places: Int
  private var views: [(position: Int, location: Plan.Location, step: Int)] = []
  private let state: EmissionState

  init(_ planner: Planner) {
    self.planner = planner
    places = planner.walk.description.externals.count
    state = EmissionState(
      count: planner.pass.count, externals: places, numbers: planner.walk.description.numbers.count)
  }

  mutating func emit(pass index: Int, _ inlined: ContiguousArray<Int32>) {
    if planner.passes[index].isSingle { return emitSingle(Int(planner.passes[index].members[0])) }
    var outputs: ContiguousArray<Int32> = []
    var renamings: ContiguousArray<Int32> = []
    for member in planner.passes[index].members where planner.isMaterialized[Int(member)] {
      if planner.items[Int(member)].alias == .renaming {
        renamings.append(member)
      } else {
        outputs.append(member)
      }
    }
    if !outputs.isEmpty {
      for member in planner.passes[index].members { makePlacements(read: Int(member)) }
      for member in inlined { makePlacements(read: Int(member)) }
      var emission = PassEmission(planner, index, state)
      steps.append(.pass(emission.pass(outputs: outputs, inlined, firstPlace: places)))
      for position in outputs {
        state.locations[Int(position)] = Plan.Location(place: places)
        places += 1
      }
    }
    for position in renamings { emitSingle(Int(position)) }
  }

  /// Makes the arrays of placements that a node reads and that have to be arrays.
  private mutating func makePlacements(read position: Int) {
    for operand in planner.operands(position) where planner.reference(operand).kind == .node {
      let resolved = planner.resolve(planner.reference(operand))
      guard resolved.kind == .node, planner.isPlacement(resolved.index) else { continue }
      if planner.isMaterialized[resolved.index], state.locations[resolved.index] == nil { emitSingle(resolved.index) }
    }
  }

  mutating func finish() -> Plan {
    for position in planner.isKept.indices where planner.isKept[position] && planner.isPlacement(position) {
      if state.locations[position] == nil { emitSingle(position) }
    }
    var outputs: [Plan.Output] = []
    for position in state.locations.indices where planner.isKept[position] || isKeptAnyway(position) {
      let node = planner.node(position)
      outputs.append(
        Plan.Output(position: position, location: state.locations[position]!, type: node.type, shape: node.shape))
    }
    return Plan(
      externalCount: planner.walk.description.externals.count, placeCount: places, steps: steps, outputs: outputs,
      views: views)
  }

  /// Whether a node of a tape that stays has its value as an array anyway: then the backward pass need not compute it again.
  private func isKeptAnyway(_ position: Int) -> Bool {
    planner.walk.description.keepsTracked && planner.isMaterialized[position] && planner.items[position].kind != .view
      && planner.node(position).tracking == .tracked && state.locations[position] != nil
  }

  private mutating func newPlace(_ position: Int) -> Int {
    state.locations[position] = Plan.Location(place: places)
    places += 1
    return places - 1
  }

  /// Where an operand lies; a number becomes an array.
  private mutating func location(_ operand: Int) -> Plan.Location {
    let reference = planner.reference(operand)
    switch reference.kind {
    case .node:
      if planner.isPlacement(reference.index), state.locations[reference.index] == nil { emitSingle(reference.index) }
      return state.locations[reference.index]!
    case .external: return Plan.Location(external: reference.index, planner.walk.description)
    case .number:
      let expression = planner.walk.operands[operand].expression
      steps.append(
        .fill(
          Plan.Fill(
            .number(reference.index), expression.type, count: expression.shape.elementCount, result: places)))
      places += 1
      return Plan.Location(place: places - 1)
    }
  }

  private mutating func emitSingle(_ position: Int) {
    let node = planner.node(position)
    if node.elementCount == 0 { return steps.append(.empty(result: newPlace(position))) }
    let range = planner.operands(position)
    switch node.operation.kernel {
    case .reduction(let reduction):
      steps.append(
        .fill(Plan.Fill(.identity(reduction), node.type, count: node.elementCount, result: newPlace(position))))
    case .view(let function):
      emitView(position, node, range.lowerBound, function)
    case .opaque:
      let operands = range.map { location($0) }
      let call = Call(
        type: node.type, shape: node.shape, attribute: node.attribute,
        operandShapes: range.map { planner.shape($0) },
        operandTypes: range.map { planner.walk.operands[$0].expression.type })
      let isForeign = node.operation.hasForeignRule
      steps.append(
        .routine(
          Plan.Routine(
            position: position, operation: isForeign ? nil : node.operation, call: call, operands: operands,
            result: newPlace(position))))
    case .source, .elementwise:
      fatalError("Plan: \(node.operation.name) is no step of its own")
    }
  }

  private mutating func emitView(
    _ position: Int, _ node: Node, _ operand: Int, _ function: @Sendable (Call, Layout) -> Layout?
  ) {
    let shape = planner.shape(operand)
    let call = Call(
      type: node.type, shape: node.shape, attribute: node.attribute, operandShapes: [shape], operandTypes: [node.type])
    let from = location(operand)
    // Offsets of arrays from outside are not known here: views of them are relative.
    let base = Layout(offset: 0, strides: from.strides ?? shape.contiguousStrides)
    if let result = function(call, base) {
      let isRowByRow = node.shape.isRowByRow(result.strides)
      state.locations[position] = Plan.Location(
        place: from.place, offset: from.offset + result.offset, strides: isRowByRow ? nil : result.strides)
      views.append((position, state.locations[position]!, steps.count))
      return
    }
    let contiguous = Layout(offset: 0, strides: shape.contiguousStrides)
    guard let result = function(call, contiguous), result.isContiguous(node.shape) else {
      fatalError("\(node.operation.name): the view of a contiguous array must exist")
    }
    steps.append(.copy(Plan.Copy(position: position, from: from, node.type, shape, result: newPlace(position))))
  }
}

/// Lists by position that all passes of a plan share. An object, because a list that two structs hold is copied when one of
/// them changes it; one function has it, so the runtime's own check of every access, a tenth of planning, checks nothing.
final class EmissionState {
  /// Where the value lies, once a step makes it.
  @exclusivity(unchecked) var locations: ContiguousArray<Plan.Location?>
  /// Which pass the following entries are of.
  @exclusivity(unchecked) var stamps: ContiguousArray<Int32>
  @exclusivity(unchecked) var values: ContiguousArray<TileProgramBuilder.Value>
  /// How many of the pass's nodes read the value, and whether its only reader computes it as part of itself.
  @exclusivity(unchecked) var uses: ContiguousArray<Int32>
  @exclusivity(unchecked) var isFolded: ContiguousArray<Bool>
  /// Which operand a node computes as part of itself, or −1.
  @exclusivity(unchecked) var folds: ContiguousArray<Int32>
  /// By position and by external: the pass's first input of it. By number: what it is in the pass.
  @exclusivity(unchecked) var inputs: Stamped<Int32>
  @exclusivity(unchecked) var externals: Stamped<Int32>
  @exclusivity(unchecked) var numbers: Stamped<TileProgramBuilder.Value>
  @exclusivity(unchecked) var expressions = ExpressionTable()

  init(count: Int, externals: Int, numbers: Int) {
    inputs = Stamped(count: count, -1)
    self.externals = Stamped(count: externals, -1)
    self.numbers = Stamped(count: numbers, .none)
    locations = ContiguousArray(repeating: nil, count: count)
    stamps = ContiguousArray(repeating: -1, count: count)
    values = ContiguousArray(repeating: TileProgramBuilder.Value.none, count: count)
    uses = ContiguousArray(repeating: 0, count: count)
    isFolded = ContiguousArray(repeating: false, count: count)
    folds = ContiguousArray(repeating: -1, count: count)
  }
}

extension Plan.Location {
  /// An array from outside; where it begins is known when the plan runs.
  init(external index: Int, _ description: borrowing GraphDescription) {
    self.init(place: index, strides: description.externals[index].node.layout?.strides)
  }
}
