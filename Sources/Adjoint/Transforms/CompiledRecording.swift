@_spi(Engine) import AdjointKernels
import Synchronization

/// What a compiled function does for one combination of shapes.
final class CompiledRecording: @unchecked Sendable {
  /// Where an array that the plan reads comes from at each call.
  private enum Source {
    case argument(Int)
    case leaf(Node)
    case constant(Buffer, offset: Int)
  }

  /// Where a result comes from.
  private enum Result {
    case output(Int)
    case argument(Int)
    case leaf(Node)
    case constant(Node)
  }

  private static let argument = Operation("Argument", .source, .none)

  private let types: [ElementType]
  private let shapes: [Shape]
  private let arrangement: [AnyHashable]
  private var plan: Plan?
  private var sources: [Source] = []
  private var numbers: ContiguousArray<UInt64> = []
  private var results: [(source: Result, type: ElementType, shape: Shape)] = []
  /// The kernels that are somebody else's code, by position.
  private var kernels: [Int: Kernel] = [:]
  private(set) var explanation = ExecutionPlan(steps: [])
  /// Whether results depend on tracked tensors that the function captured.
  private var capturesTracked = false
  /// Whether results depend on the examples of a `vmap` around, which have no values.
  private var capturesExamples = false
  /// The leaves that are read at each call, as they were tracked.
  private var leaves: [(node: Node, tracking: Tracking)] = []
  private let spare = SpinLocked<Plan.Table?>(nil)

  /// Records `function` on arguments that have shapes and no values.
  init(_ tensors: [AnyTensor], _ arrangement: [AnyHashable], _ function: ([Node]) -> [Node]) {
    self.arrangement = arrangement
    types = tensors.map(\.elementType)
    shapes = tensors.map(\.shape)
    let arguments = tensors.map { tensor in
      Node(
        Self.argument, tensor.elementType, tensor.shape, operands: Operands(), pendingSince: .min, tracking: .none)
    }
    let recorded = Mutex<[Node]>([])
    RecordingObserver.enter()
    let collector = RecordingObserver { node in recorded.withLock { $0.append(node) } }
    let outputs = RecordingObserver.$collector.withValue(collector) {
      Evaluation.$isSuspended.withValue(true) {
        // With tracking, to see what depends on tracked tensors; the arguments themselves are not.
        GradientMode.$isEnabled.withValue(true) { function(arguments) }
      }
    }
    RecordingObserver.leave()
    capturesTracked = outputs.contains { $0.tracking == .tracked }
    capturesExamples = Self.dependOnOthers(outputs, arguments)
    if capturesExamples { return }
    Self.evaluateCaptured(outputs, recorded.withLock { $0 })
    // Something to know each argument by; the plan looks at its type and shape alone.
    for argument in arguments { argument.publish(Value(Buffer(byteCount: 0))) }
    Walk.borrow { walk in
      let computed = outputs.filter { !$0.isConstant }
      walk.go(from: computed, .pending)
      walk.describeFunction(computed)
      let plan = walk.entries.isEmpty ? nil : PlanCache.shared.plan(for: walk)
      self.plan = plan
      sources = walk.description.externals.map { external in
        if let index = arguments.firstIndex(where: { $0 === external.node }) { return .argument(index) }
        return external.node.isTapeEnd ? .leaf(external.node) : .constant(external.buffer!, offset: external.offset)
      }
      leaves = sources.compactMap { source in
        if case .leaf(let node) = source { return (node, node.tracking) }
        return nil
      }
      numbers = ContiguousArray(walk.description.numbers.indices.map { walk.description.numbers[$0].bits })
      for position in walk.sequence.indices where walk.node(at: position).operation.hasForeignRule {
        kernels[position] = walk.node(at: position).operation.kernel
      }
      results = outputs.map { output in
        (Self.result(output, arguments, walk, plan), output.type, output.shape)
      }
      if let plan { explanation = ExecutionPlan(plan, walk) }
    }
  }

  /// Computes what was recorded before the function ran: it is made of the elements that its leaves had then, not of those that
  /// they have at a later call.
  private static func evaluateCaptured(_ outputs: [Node], _ recorded: [Node]) {
    let own = Set(recorded.map { ObjectIdentifier($0) })
    func isCaptured(_ node: Node) -> Bool {
      !node.isShielded && !node.hasValue && !node.isConstant && !own.contains(ObjectIdentifier(node))
    }
    var captured = outputs.filter(isCaptured)
    Walk.borrow { walk in
      walk.go(from: outputs.filter { !$0.isConstant }, .pending)
      for place in walk.entries.indices where !isCaptured(walk.node(place)) {
        for operand in walk.operandRange(place) {
          let other = Int(walk.operands[operand].place)
          if other >= 0, isCaptured(walk.node(other)) { captured.append(walk.node(other)) }
        }
      }
    }
    if !captured.isEmpty { Evaluation.evaluateAll(captured) }
  }

  private static func result(_ output: Node, _ arguments: [Node], _ walk: Walk, _ plan: Plan?) -> Result {
    if let index = arguments.firstIndex(where: { $0 === output }) { return .argument(index) }
    if let place = walk[output], let plan {
      let position = walk.position(place)
      return .output(plan.outputs.firstIndex { $0.position == position }!)
    }
    return output.isTapeEnd ? .leaf(output) : .constant(output)
  }

  /// Whether some results depend on stand-ins without a value besides the arguments.
  private static func dependOnOthers(_ outputs: [Node], _ arguments: [Node]) -> Bool {
    Walk.borrow { walk in
      walk.go(from: outputs, .pending)
      return walk.entries.indices.contains { place in
        let node = walk.node(place)
        guard node.isShielded, !arguments.contains(where: { $0 === node }) else { return false }
        return !walk.operandRange(place).contains { operand in
          let other = Int(walk.operands[operand].place)
          return other >= 0 && walk.node(other).isShielded
        }
      }
    }
  }

  /// Whether the function has to be called as it is: under another transformation, or because its inputs are tracked.
  static func mustCallPlainly(_ tensors: [AnyTensor]) -> Bool {
    if Evaluation.isSuspended { return true }
    for tensor in tensors where tensor.node.isShielded || (tensor.node.tracking == .tracked && GradientMode.isEnabled) {
      return true
    }
    return false
  }

  /// The same because of what the function captured.
  var mustCallPlainly: Bool { capturesExamples || (capturesTracked && GradientMode.isEnabled) }

  /// Equal for inputs that may fit the same recording.
  static func key(_ tensors: [AnyTensor], _ arrangement: [AnyHashable]) -> Int {
    var hasher = Hasher()
    for tensor in tensors {
      hasher.combine(tensor.elementType)
      for extent in tensor.shape { hasher.combine(extent) }
    }
    hasher.combine(arrangement)
    return hasher.finalize()
  }

  func fits(_ tensors: [AnyTensor], _ arrangement: [AnyHashable]) -> Bool {
    guard tensors.count == shapes.count, arrangement == self.arrangement else { return false }
    for (node, tracking) in leaves where node.tracking != tracking { return false }
    for (index, tensor) in tensors.enumerated()
    where tensor.node.type != types[index] || tensor.node.shape != shapes[index] {
      return false
    }
    return true
  }

  /// The results for these inputs.
  func run(_ tensors: [AnyTensor]) -> [AnyTensor] {
    let table = spare.withLock { $0.take() } ?? Plan.Table()
    for source in sources {
      switch source {
      case .argument(let index):
        let node = tensors[index].node
        table.buffers.append(node.evaluated().contiguous(node.type, node.shape).buffer)
        table.offsets.append(0)
      case .leaf(let node):
        table.buffers.append(node.buffer)
        table.offsets.append(node.layout?.offset ?? 0)
      case .constant(let buffer, let offset):
        table.buffers.append(buffer)
        table.offsets.append(offset)
      }
    }
    for number in numbers { table.numbers.append(number) }
    plan?.run(table) { kernels[$0]! }
    var made: [AnyTensor] = []
    made.reserveCapacity(results.count)
    for (source, type, shape) in results { made.append(AnyTensor(node(source, type, shape, tensors, table))) }
    table.clear(keepingCapacity: true)
    spare.withLock { $0 = table }
    return made
  }

  private func node(
    _ source: Result, _ type: ElementType, _ shape: Shape, _ tensors: [AnyTensor], _ table: Plan.Table
  ) -> Node {
    switch source {
    case .output(let index): Node(plan!.value(plan!.outputs[index].location, shape, table), type, shape)
    case .argument(let index): Node(tensors[index].node.evaluated(), type, shape)
    case .leaf(let node): Node(node.evaluated(), type, shape)
    case .constant(let node):
      node.isConstant
        ? Expression.constant(bits: UInt64(bitPattern: Int64(node.attribute)), type, shape).node!
        : Node(node.evaluated(), type, shape)
    }
  }
}
