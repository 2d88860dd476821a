import AdjointKernels

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
  /// By position: where the value lies, once a step makes it.
  private(set) var locations: ContiguousArray<Plan.Location?>
  private var views: [(position: Int, location: Plan.Location, step: Int)] = []
  private var scratch: PassEmission.Scratch

  init(_ planner: Planner) {
    self.planner = planner
    places = planner.walk.description.externals.count
    locations = ContiguousArray(repeating: nil, count: planner.pass.count)
    scratch = PassEmission.Scratch(count: planner.pass.count)
  }

  mutating func emit(pass index: Int, _ inlined: ContiguousArray<Int32>) {
    if planner.passes[index].isSingle { return emitSingle(Int(planner.passes[index].members[0])) }
    var outputs: ContiguousArray<Int32> = []
    var renamings: ContiguousArray<Int32> = []
    for member in planner.passes[index].members where planner.isMaterialized[Int(member)] {
      if planner.node(Int(member)).operation.alias == .renaming {
        renamings.append(member)
      } else {
        outputs.append(member)
      }
    }
    if !outputs.isEmpty {
      var emission = PassEmission(planner, index, locations, scratch)
      // The two lists would be shared, and copied at the first change, if they stayed here as well.
      scratch = PassEmission.Scratch(count: 0)
      let (pass, made) = emission.pass(outputs: outputs, inlined, firstPlace: places)
      scratch = emission.takeScratch()
      for (position, place) in zip(outputs, made) { locations[Int(position)] = Plan.Location(place: place) }
      places += made.count
      steps.append(.pass(pass))
    }
    for position in renamings { emitSingle(Int(position)) }
  }

  func finish() -> Plan {
    var outputs: [Plan.Output] = []
    for position in locations.indices {
      let node = planner.node(position)
      guard planner.isKept[position] || isKeptAnyway(position, node) else { continue }
      outputs.append(
        Plan.Output(position: position, location: locations[position]!, type: node.type, shape: node.shape))
    }
    return Plan(
      externalCount: planner.walk.description.externals.count, placeCount: places, steps: steps, outputs: outputs,
      views: views)
  }

  /// Whether a node of a tape that stays has its value as an array anyway: then the backward pass need not compute it again.
  private func isKeptAnyway(_ position: Int, _ node: Node) -> Bool {
    planner.walk.description.keepsTracked && planner.isMaterialized[position] && !node.operation.isView
      && node.tracking == .tracked && locations[position] != nil
  }

  private mutating func newPlace(_ position: Int) -> Int {
    locations[position] = Plan.Location(place: places)
    places += 1
    return places - 1
  }

  /// Where an operand lies; a number becomes an array.
  private mutating func location(_ operand: Int) -> Plan.Location {
    let reference = planner.reference(operand)
    switch reference.kind {
    case .node: return locations[reference.index]!
    case .external: return Plan.Location(external: reference.index, planner.walk.description)
    case .number:
      let expression = planner.walk.operands[operand].expression
      steps.append(
        .fill(number: reference.index, expression.type, count: expression.shape.elementCount, result: places))
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
      steps.append(.identity(reduction, node.type, count: node.elementCount, result: newPlace(position)))
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
      locations[position] = Plan.Location(
        place: from.place, offset: from.offset + result.offset, strides: isRowByRow ? nil : result.strides)
      views.append((position, locations[position]!, steps.count))
      return
    }
    let contiguous = Layout(offset: 0, strides: shape.contiguousStrides)
    guard let result = function(call, contiguous), result.isContiguous(node.shape) else {
      fatalError("\(node.operation.name): the view of a contiguous array must exist")
    }
    steps.append(.copy(position: position, from: from, node.type, shape, result: newPlace(position)))
  }
}

extension Plan.Location {
  /// An array from outside; where it begins is known when the plan runs.
  init(external index: Int, _ description: borrowing GraphDescription) {
    self.init(place: index, strides: description.externals[index].node.layout?.strides)
  }
}
