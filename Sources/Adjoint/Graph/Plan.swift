import AdjointKernels

/// How the unevaluated part of a graph is computed: fused passes and single operations, in order.
///
/// A plan depends on the structure alone; it is made once and run with the buffers and numbers of each
/// snapshot of that structure.
final class Plan: Sendable {
  enum Step: Sendable {
    case program(TileProgram, inputs: [Reference], scalars: [Int], outputs: [Int])
    /// A view of a value, with the layout that it has.
    case view(node: Int, of: Reference, layout: Layout?)
    /// A contiguous copy of a strided value.
    case copy(node: Int, of: Reference)
    case opaque(node: Int)
    /// One element repeated: a constant, or the reduction of nothing.
    case fill(node: Int, scalar: Int)
    case identity(node: Int, TileReduction)
    case empty(node: Int)
  }

  struct NodeInfo: Sendable {
    let operation: Operation
    let type: ElementType
    let shape: Shape
    let attribute: Int
    let references: [Reference]
    let isRoot: Bool
  }

  let nodes: [NodeInfo]
  let steps: [Step]
  let scalarTypes: [ElementType]
  /// Nodes whose value no step keeps.
  let fused: [Int]

  init(nodes: [NodeInfo], scalarTypes: [ElementType], steps: [Step], fused: [Int]) {
    self.scalarTypes = scalarTypes
    self.nodes = nodes
    self.steps = steps
    self.fused = fused
  }

  /// The number of fused passes.
  var passCount: Int {
    steps.reduce(0) { if case .program = $1 { $0 + 1 } else { $0 } }
  }

  /// Computes the values of a snapshot and hands each to `publish` as soon as it is there.
  func run(
    externals: [Snapshot.External], scalars: [UInt64], publish: (Int, Value) -> Void
  ) {
    var values: [Value?] = Array(repeating: nil, count: nodes.count)
    func value(_ reference: Reference) -> Value {
      switch reference {
      case .node(let index): values[index]!
      case .external(let index): externals[index].value
      case .scalar: fatalError("Plan: a number has no buffer")
      }
    }
    func finish(_ node: Int, _ result: Value) {
      values[node] = result
      publish(node, result)
    }
    func buffer(_ node: Int) -> Buffer {
      Buffer(byteCount: nodes[node].shape.elementCount * nodes[node].type.size)
    }
    for step in steps {
      switch step {
      case .program(let program, let inputs, let scalarIndices, let outputs):
        let buffers = outputs.map(buffer)
        program.run(
          inputs: inputs.map {
            let operand = value($0)
            return TileProgram.Operand(operand.buffer, byteOffset: operand.offset * type(of: $0, externals).size)
          },
          scalars: scalarIndices.map { scalars[$0] }, outputs: buffers)
        for (node, buffer) in zip(outputs, buffers) { finish(node, Value(buffer)) }
      case .view(let node, let operand, let layout):
        finish(node, Value(value(operand).buffer, layout))
      case .copy(let node, let operand):
        finish(node, value(operand).contiguous(nodes[node].type, shape(of: operand, externals)))
      case .opaque(let node):
        let info = nodes[node]
        guard case .opaque(let kernel) = info.operation.kernel else { fatalError("Plan: not an opaque operation") }
        let call = Call(
          type: info.type, shape: info.shape, attribute: info.attribute,
          operandShapes: info.references.map { shape(of: $0, externals) },
          operandTypes: info.references.map { type(of: $0, externals) })
        let operands = info.references.map { reference in
          if case .scalar(let index) = reference {
            return Value.filled(scalars[index], type(of: reference, externals), 1)
          }
          return value(reference)
        }
        finish(node, Value(kernel(call, operands)))
      case .fill(let node, let scalar):
        finish(node, Value.filled(scalars[scalar], nodes[node].type, nodes[node].shape.elementCount))
      case .identity(let node, let reduction):
        finish(node, .identity(reduction, nodes[node].type, nodes[node].shape.elementCount))
      case .empty(let node):
        finish(node, Value(Buffer(byteCount: 0)))
      }
    }
  }

  private func type(of reference: Reference, _ externals: [Snapshot.External]) -> ElementType {
    switch reference {
    case .node(let index): nodes[index].type
    case .external(let index): externals[index].type
    case .scalar(let index): scalarTypes[index]
    }
  }

  private func shape(of reference: Reference, _ externals: [Snapshot.External]) -> Shape {
    switch reference {
    case .node(let index): nodes[index].shape
    case .external(let index): externals[index].shape
    case .scalar: Shape()
    }
  }
}
