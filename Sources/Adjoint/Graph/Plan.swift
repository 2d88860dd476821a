import AdjointKernels

/// How the unevaluated part of a graph is computed: fused passes and single operations, in order.
///
/// A plan depends on the structure alone; it is made once and run with the buffers and numbers of each graph of
/// that structure. It works on a table of values: the graph's externals first, then one place per node.
final class Plan: Sendable {
  /// A tile program with the places of its operands, the numbers it takes and the nodes it computes.
  final class Pass: Sendable {
    let program: TileProgram
    let inputs: [Int]
    let scalars: [Int]
    let outputs: [Int]

    init(_ program: TileProgram, inputs: [Int], scalars: [Int], outputs: [Int]) {
      self.program = program
      self.inputs = inputs
      self.scalars = scalars
      self.outputs = outputs
    }
  }

  enum Step: Sendable {
    case program(Pass)
    /// A value under other strides.
    case view(node: Int, of: Int)
    /// A contiguous copy of a strided value.
    case copy(node: Int, of: Int)
    case opaque(node: Int, operands: [Int])
    /// One element repeated: a constant.
    case fill(node: Int, scalar: Int)
    /// The reduction of nothing.
    case identity(node: Int, TileReduction)
    case empty(node: Int)
  }

  struct Place: Sendable {
    let type: ElementType
    let shape: Shape
    let layout: Layout?
    /// Of element 0 in the buffer.
    var byteOffset: Int { (layout?.offset ?? 0) * type.size }
  }

  struct NodeInfo: Sendable {
    let operation: Operation
    let attribute: Int
    let references: [Reference]
    let isRoot: Bool
  }

  let externalCount: Int
  let nodes: [NodeInfo]
  /// Type and shape of everything in the table.
  let places: [Place]
  private let byteCounts: [Int]
  private let byteOffsets: [Int]
  let scalarTypes: [ElementType]
  let steps: [Step]
  /// Nodes whose value no step keeps.
  let fused: [Int]

  init(
    externalCount: Int, nodes: [NodeInfo], places: [Place], scalarTypes: [ElementType], steps: [Step], fused: [Int]
  ) {
    self.externalCount = externalCount
    self.nodes = nodes
    self.places = places
    byteCounts = places.map { $0.shape.elementCount * $0.type.size }
    byteOffsets = places.map(\.byteOffset)
    self.scalarTypes = scalarTypes
    self.steps = steps
    self.fused = fused
  }

  /// The number of fused passes.
  var passCount: Int {
    steps.reduce(0) { if case .program = $1 { $0 + 1 } else { $0 } }
  }

  /// Fills the rest of a table whose externals are there.
  ///
  /// `destination` may give the buffer for a node's result: one that the same step reads at most element by
  /// element at the same place. `publish` gets each node's value as soon as it is there.
  func run(
    _ table: inout ContiguousArray<Buffer?>, scalars: [UInt64], destination: (Int) -> Buffer?,
    publish: (Int, consuming Value) -> Void
  ) {
    for step in steps {
      switch step {
      case .program(let pass):
        run(pass, &table, scalars, destination, publish)
      case .view(let node, let operand):
        finish(node, table[operand]!, &table, publish)
      case .copy(let node, let operand):
        let place = places[operand]
        finish(
          node, Value(table[operand]!, place.layout).contiguous(place.type, place.shape).buffer, &table, publish)
      case .opaque(let node, let operands):
        let info = nodes[node]
        let place = places[externalCount + node]
        guard case .opaque(let kernel) = info.operation.kernel else { fatalError("Plan: not an opaque operation") }
        let call = Call(
          type: place.type, shape: place.shape, attribute: info.attribute,
          operandShapes: operands.map { places[$0].shape }, operandTypes: operands.map { places[$0].type })
        finish(node, kernel(call, operands.map { Value(table[$0]!, places[$0].layout) }), &table, publish)
      case .fill(let node, let scalar):
        let place = places[externalCount + node]
        finish(node, Buffer.filled(scalars[scalar], place.type, count: place.shape.elementCount), &table, publish)
      case .identity(let node, let reduction):
        let place = places[externalCount + node]
        finish(node, Buffer.identity(reduction, place.type, count: place.shape.elementCount), &table, publish)
      case .empty(let node):
        finish(node, Buffer(byteCount: 0), &table, publish)
      }
    }
  }

  @inline(__always) private func finish(
    _ node: Int, _ buffer: Buffer, _ table: inout ContiguousArray<Buffer?>, _ publish: (Int, consuming Value) -> Void
  ) {
    table[externalCount + node] = buffer
    publish(node, Value(buffer, places[externalCount + node].layout))
  }

  @inline(__always) private func run(
    _ pass: Pass, _ table: inout ContiguousArray<Buffer?>, _ scalars: [UInt64], _ destination: (Int) -> Buffer?,
    _ publish: (Int, consuming Value) -> Void
  ) {
    var invocation = TileProgram.Invocation(pass.program)
    for input in pass.inputs {
      invocation.input(table[input]!, byteOffset: byteOffsets[input])
    }
    for scalar in pass.scalars { invocation.scalar(scalars[scalar]) }
    for node in pass.outputs {
      let place = externalCount + node
      let buffer = destination(node) ?? Buffer(byteCount: byteCounts[place])
      invocation.output(buffer)
      table[place] = buffer
    }
    invocation.run()
    for node in pass.outputs { publish(node, Value(table[externalCount + node]!)) }
  }
}
