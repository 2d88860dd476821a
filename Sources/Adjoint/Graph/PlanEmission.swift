import AdjointKernels
import CKernels

extension Planner {
  /// Turns the passes into steps.
  mutating func emit() -> Plan {
    let inlined = demandArrays()
    var emission = Emission(planner: self, inlined: inlined)
    for index in passes.indices { emission.emit(pass: index) }
    let nodes = snapshot.nodes.indices.map { index in
      let node = snapshot.nodes[index]
      return Plan.NodeInfo(
        operation: node.operation, attribute: node.attribute, references: snapshot.references[index],
        isRoot: snapshot.isRoot[index])
    }
    let places =
      snapshot.externals.map { Plan.Place(type: $0.type, shape: $0.shape, layout: $0.value.layout) }
      + snapshot.nodes.enumerated().map { index, node in
        Plan.Place(type: node.type, shape: node.shape, layout: emission.layouts[index])
      }
    return Plan(
      externalCount: snapshot.externals.count, nodes: nodes, places: places, scalarTypes: snapshot.scalarTypes,
      steps: emission.steps, fused: nodes.indices.filter { !isMaterialized[$0] })
  }

  /// Where a plan's table holds what a reference names.
  func place(of reference: Reference) -> Int {
    switch reference {
    case .external(let index): index
    case .node(let index): snapshot.externals.count + index
    case .scalar: fatalError("Plan: a number has no array")
    }
  }

  /// Decides, from the last pass to the first, which values a later pass reads as arrays and which it computes
  /// again. Returns the nodes of earlier passes that each pass computes again.
  private mutating func demandArrays() -> [Set<Int>] {
    var inlined: [Set<Int>] = Array(repeating: [], count: passes.count)
    for index in passes.indices.reversed() where !passes[index].isSingle {
      var pending = passes[index].members
      while let node = pending.popLast() {
        for reference in readReferences(node) {
          guard case .node(let operand) = reference, pass[operand] != index, !isMaterialized[operand],
            !inlined[index].contains(operand)
          else { continue }
          var nodes: Set<Int> = []
          if recomputationCost(operand, in: passes[index], &nodes) <= Self.cheapestArray {
            inlined[index].formUnion(nodes)
            pending.append(contentsOf: nodes)
          } else {
            isMaterialized[operand] = true
          }
        }
      }
      // A reshape inside a pass that must be an array is a view of its operand's array.
      for node in passes[index].members.reversed() where isMaterialized[node] {
        if snapshot.nodes[node].operation === Reshape.operation, case .node(let operand) = snapshot.references[node][0]
        {
          isMaterialized[operand] = true
        }
      }
    }
    return inlined
  }

  /// Operations up to this cost are cheaper to compute again than to write to memory and read back.
  private static let cheapestArray = 6

  private func recomputationCost(_ index: Int, in target: Pass, _ nodes: inout Set<Int>) -> Int {
    var cost = 0
    var pending = [index]
    while let node = pending.popLast() {
      if nodes.contains(node) { continue }
      guard case .elementwise(let operation) = snapshot.nodes[node].operation.kernel,
        snapshot.nodes[node].shape.withoutUnitAxes == target.space
      else { return .max }
      nodes.insert(node)
      cost += operation.cost
      if cost > Self.cheapestArray { return .max }
      for reference in snapshot.references[node] {
        if case .node(let operand) = resolve(reference), !isMaterialized[operand] { pending.append(operand) }
      }
    }
    return cost
  }
}

extension TileOperation {
  /// Roughly, in additions.
  fileprivate var cost: Int {
    switch self {
    case CK_ADD, CK_SUBTRACT, CK_MULTIPLY, CK_NEGATE, CK_ABS, CK_SQUARE, CK_COPY, CK_RELU, CK_MAXIMUM, CK_MINIMUM,
      CK_SELECT, CK_EQUAL, CK_NOT_EQUAL, CK_LESS, CK_LESS_EQUAL, CK_GREATER, CK_GREATER_EQUAL, CK_MULTIPLY_ADD,
      CK_LOGICAL_AND, CK_LOGICAL_OR, CK_LOGICAL_NOT, CK_LOGICAL_XOR, CK_SIGN:
      1
    case CK_DIVIDE, CK_SQRT, CK_RECIPROCAL: 3
    default: 10
    }
  }
}

/// Makes the steps of each pass.
private struct Emission {
  let planner: Planner
  let inlined: [Set<Int>]
  var steps: [Plan.Step] = []
  /// Layouts of values that are arrays but not contiguous.
  var layouts: [Int: Layout] = [:]

  init(planner: Planner, inlined: [Set<Int>]) {
    self.planner = planner
    self.inlined = inlined
  }

  private var snapshot: Snapshot { planner.snapshot }

  mutating func emit(pass index: Int) {
    let pass = planner.passes[index]
    if pass.isSingle { return emitSingle(pass.members[0]) }
    let members = (Array(inlined[index]) + pass.members).sorted()
    let outputs = pass.members.filter {
      planner.isMaterialized[$0] && snapshot.nodes[$0].operation !== Reshape.operation
    }
    let views = pass.members.filter {
      planner.isMaterialized[$0] && snapshot.nodes[$0].operation === Reshape.operation
    }
    if !outputs.isEmpty {
      var program = ProgramEmission(planner: planner, pass: pass, members: Set(members), layouts: layouts)
      steps.append(program.step(outputs: outputs))
    }
    for view in views { emitSingle(view) }
  }

  /// Where a plan's table holds what a reference names.
  private func place(_ reference: Reference) -> Int { planner.place(of: reference) }

  private func layout(_ reference: Reference) -> Layout? {
    switch reference {
    case .node(let index): layouts[index]
    case .external(let index): snapshot.externals[index].value.layout
    case .scalar: nil
    }
  }

  private mutating func emitSingle(_ index: Int) {
    let node = snapshot.nodes[index]
    let references = snapshot.references[index]
    if case .scalar(let scalar) = references.first, node.operation === Source.constant {
      return steps.append(.fill(node: index, scalar: scalar))
    }
    if node.shape.elementCount == 0 { return steps.append(.empty(node: index)) }
    switch node.operation.kernel {
    case .reduction(let reduction):
      steps.append(.identity(node: index, reduction))
    case .view(let function):
      let shapes = references.map(planner.operandShape)
      let call = Call(
        type: node.type, shape: node.shape, attribute: node.attribute, operandShapes: shapes, operandTypes: [node.type])
      let contiguous = Layout(offset: 0, strides: shapes[0].contiguousStrides)
      if let result = function(call, layout(references[0]) ?? contiguous) {
        let layout = result.isContiguous(node.shape) ? nil : result
        layouts[index] = layout
        steps.append(.view(node: index, of: place(references[0])))
      } else {
        guard let result = function(call, contiguous), result.isContiguous(node.shape) else {
          fatalError("\(node.operation.name): the view of a contiguous array must exist")
        }
        steps.append(.copy(node: index, of: place(references[0])))
      }
    case .opaque:
      steps.append(.opaque(node: index, operands: references.map(place)))
    case .source, .elementwise:
      fatalError("Plan: \(node.operation.name) is no step of its own")
    }
  }
}

/// Makes the tile program of one pass.
private struct ProgramEmission {
  let planner: Planner
  let pass: Planner.Pass
  let members: Set<Int>
  let own: Set<Int>
  let layouts: [Int: Layout]
  var builder: TileProgramBuilder
  var values: [Int: TileProgramBuilder.Value] = [:]
  var inputs: [Reference] = []
  var scalars: [Int] = []
  var inputValues: [InputKey: TileProgramBuilder.Value] = [:]
  var scalarValues: [Int: TileProgramBuilder.Value] = [:]
  var expressions: [ExpressionKey: TileProgramBuilder.Value] = [:]
  /// Nodes that their only reader computes, and which one a reader computes.
  var folded: Set<Int> = []
  var foldOf: [Int: Int] = [:]

  struct InputKey: Hashable {
    let reference: Reference
    let strides: [Int]
    let level: UInt8
  }
  /// Equal operations on equal operands are computed once.
  struct ExpressionKey: Hashable {
    let code: UInt8
    let isReduction: Bool
    let operands: [TileProgramBuilder.Value]
    let level: UInt8
  }

  init(planner: Planner, pass: Planner.Pass, members: Set<Int>, layouts: [Int: Layout]) {
    self.planner = planner
    self.pass = pass
    self.members = members
    own = Set(pass.members)
    self.layouts = layouts
    builder = TileProgramBuilder(space: pass.tileSpace)
  }

  private var snapshot: Snapshot { planner.snapshot }

  mutating func step(outputs: [Int]) -> Plan.Step {
    let nodes = needed(outputs)
    findFolds(nodes, outputs)
    for node in nodes where !folded.contains(node) { values[node] = value(of: node) }
    for node in outputs { builder.output(values[node]!, level: builderLevel(node)) }
    return .program(
      Plan.Pass(
        builder.build(), inputs: inputs.map { planner.place(of: $0) }, scalars: scalars, outputs: outputs))
  }

  /// A product that only a sum reads, and a difference that only an exponential reads, become part of it: one
  /// instruction less, with the same roundings.
  private mutating func findFolds(_ nodes: [Int], _ outputs: [Int]) {
    var uses: [Int: Int] = [:]
    for node in nodes {
      for case .node(let operand) in planner.readReferences(node) { uses[operand, default: 0] += 1 }
    }
    let known = Set(nodes).subtracting(outputs)
    for node in nodes {
      guard case .elementwise(let reader) = snapshot.nodes[node].operation.kernel else { continue }
      let foldable: TileOperation
      switch reader {
      case CK_ADD where snapshot.nodes[node].type != .bool: foldable = CK_MULTIPLY
      case CK_EXP: foldable = CK_SUBTRACT
      default: continue
      }
      for case .node(let operand) in planner.readReferences(node) {
        guard known.contains(operand), uses[operand] == 1,
          case .elementwise(foldable) = snapshot.nodes[operand].operation.kernel,
          snapshot.nodes[operand].shape == snapshot.nodes[node].shape, builderLevel(operand) == builderLevel(node)
        else { continue }
        folded.insert(operand)
        foldOf[node] = operand
        break
      }
    }
  }

  /// The members that the outputs depend on, in topological order.
  private func needed(_ outputs: [Int]) -> [Int] {
    var seen: Set<Int> = Set(outputs)
    var pending = outputs
    while let node = pending.popLast() {
      for reference in planner.readReferences(node) {
        if case .node(let operand) = reference, members.contains(operand), !seen.contains(operand) {
          seen.insert(operand)
          pending.append(operand)
        }
      }
    }
    return seen.sorted()
  }

  private func builderLevel(_ node: Int) -> TileProgramBuilder.Level {
    // A node that is computed again for this pass is one of its full values, whatever it is at home.
    own.contains(node) && planner.level[node] == .row ? .row : .full
  }

  private mutating func value(of node: Int) -> TileProgramBuilder.Value {
    let info = snapshot.nodes[node]
    let references = snapshot.references[node]
    switch info.operation.kernel {
    case .elementwise(let operation):
      let level = builderLevel(node)
      if let inner = foldOf[node] {
        let innerOperands = snapshot.references[inner].map { self.operand($0, shape: info.shape, level: level) }
        if operation == CK_EXP { return builder.apply(CK_EXP_SUBTRACT, innerOperands, level: level) }
        let isFirst = planner.resolve(references[0]) == .node(inner)
        let other = operand(references[isFirst ? 1 : 0], shape: info.shape, level: level)
        return builder.apply(CK_MULTIPLY_ADD, innerOperands + [other], level: level)
      }
      let operands = references.map { self.operand($0, shape: info.shape, level: level) }
      if operation == CK_COPY { return builder.copy(of: operands[0], level: level) }
      let key = ExpressionKey(code: operation.rawValue, isReduction: false, operands: operands, level: level.rawValue)
      if let known = expressions[key] { return known }
      let result = builder.apply(operation, operands, level: level)
      expressions[key] = result
      return result
    case .reduction(let reduction):
      let shape = planner.operandShape(references[0])
      let operand = self.operand(references[0], shape: shape, level: .full)
      if planner.level[node] == .full { return operand }
      let key = ExpressionKey(code: reduction.rawValue, isReduction: true, operands: [operand], level: 0)
      if let known = expressions[key], pass.isTiledRows { return known }
      let result = builder.reduce(reduction, operand)
      expressions[key] = result
      return result
    default:
      // A reshape of unit axes.
      guard case .node(let operand) = references[0] else { fatalError("Plan: a view outside a pass") }
      return values[operand]!
    }
  }

  private mutating func operand(
    _ unresolved: Reference, shape: Shape, level: TileProgramBuilder.Level
  ) -> TileProgramBuilder.Value {
    let reference = planner.resolve(unresolved)
    if case .node(let index) = reference, let known = values[index] { return known }
    if case .scalar(let index) = reference {
      if let known = scalarValues[index] { return known }
      let result = builder.scalar(snapshot.scalarTypes[index])
      scalars.append(index)
      scalarValues[index] = result
      return result
    }
    let operandShape = planner.operandShape(reference)
    let own: [Int]
    let elementType: ElementType
    switch reference {
    case .node(let index):
      own = layouts[index]?.strides ?? operandShape.contiguousStrides
      elementType = snapshot.nodes[index].type
    case .external(let index):
      own = snapshot.externals[index].value.strides(operandShape)
      elementType = snapshot.externals[index].type
    case .scalar: fatalError("Plan: a number is no array")
    }
    let over = operandShape.strides(own, over: shape)
    let strides = shape.indices.filter { shape[$0] != 1 }.map { over[$0] }
    let key = InputKey(reference: reference, strides: strides, level: level.rawValue)
    if let known = inputValues[key] { return known }
    let result = builder.input(elementType, strides: strides, level: level)
    inputs.append(reference)
    inputValues[key] = result
    return result
  }
}

extension Layout {
  /// Whether the elements lie row by row from the buffer's start.
  func isContiguous(_ shape: Shape) -> Bool {
    guard offset == 0 else { return false }
    var expected = 1
    for axis in stride(from: shape.rank - 1, through: 0, by: -1) where shape[axis] != 1 {
      if strides[axis] != expected { return false }
      expected *= shape[axis]
    }
    return true
  }
}
