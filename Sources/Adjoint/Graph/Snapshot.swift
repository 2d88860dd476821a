import AdjointKernels

/// What a node of a snapshot refers to.
enum Reference: Hashable, Sendable {
  case node(Int)
  case external(Int)
  case scalar(Int)

  var code: UInt64 {
    switch self {
    case .node(let index): UInt64(index) << 2
    case .external(let index): UInt64(index) << 2 | 1
    case .scalar(let index): UInt64(index) << 2 | 2
    }
  }
}

/// The unevaluated part of a graph below some roots, as plain arrays in topological order.
///
/// The structure (`key`) is all that a plan depends on; what differs from step to step, buffers and numbers, is
/// in `externals` and `scalars`.
struct Snapshot {
  struct External {
    var value: Value
    var shape: Shape
    var type: ElementType
  }

  private(set) var nodes: [Node] = []
  private(set) var references: [[Reference]] = []
  private(set) var externals: [External] = []
  private(set) var scalars: [UInt64] = []
  private(set) var scalarTypes: [ElementType] = []
  private(set) var isRoot: [Bool] = []
  /// Nodes that must keep their value: roots, and what an earlier plan computed without keeping it.
  private(set) var isKept: [Bool] = []
  private var positions = IdentityMap()

  init(roots: [Node]) {
    // Depth first without recursion: a node is emitted once all its operands are.
    var stack: [(node: Node, operands: Operands, next: Int)] = []
    for root in roots where root.value == nil {
      if positions[root] == nil { stack.append((root, root.operands, 0)) }
      while let top = stack.last {
        if positions[top.node] != nil {
          stack.removeLast()
          continue
        }
        var next = top.next
        var child: Node?
        while next < top.operands.count {
          let operand = top.operands[next]
          next += 1
          if operand.value == nil, let node = operand.node, node.operation !== Source.constant,
            positions[node] == nil
          {
            child = node
            break
          }
        }
        if let child {
          stack[stack.count - 1].next = next
          stack.append((child, child.operands, 0))
        } else {
          emit(top.node, top.operands)
          stack.removeLast()
        }
      }
    }
    isRoot = Array(repeating: false, count: nodes.count)
    isKept = nodes.map(\.wasComputed)
    for root in roots {
      if let position = positions[root] {
        isRoot[position] = true
        isKept[position] = true
      }
    }
  }

  private mutating func emit(_ node: Node, _ operands: Operands) {
    // Another evaluation may have finished the node meanwhile: its operands are gone, but its value is there.
    if operands.isEmpty, node.operation !== Source.constant { return }
    var list: [Reference] = []
    let isElementwise = if case .elementwise = node.operation.kernel { true } else { false }
    for operand in operands {
      if let value = operand.value ?? operand.node?.value {
        if let node = operand.node, let position = positions[node] {
          list.append(.node(position))
        } else {
          list.append(.external(external(value, operand.shape, operand.type)))
        }
      } else if let bits = operand.constantBits {
        if isElementwise {
          list.append(.scalar(scalar(bits, operand.type)))
        } else {
          // Only elementwise work repeats a number; everything else wants an array.
          list.append(.node(constant(operand, bits)))
        }
      } else {
        list.append(.node(positions[operand.node!]!))
      }
    }
    positions[node] = nodes.count
    nodes.append(node)
    references.append(list)
  }

  private mutating func constant(_ operand: Expression, _ bits: UInt64) -> Int {
    let node = operand.asNode
    if let position = positions[node] { return position }
    positions[node] = nodes.count
    nodes.append(node)
    references.append([.scalar(scalar(bits, operand.type))])
    return nodes.count - 1
  }

  private mutating func external(_ value: Value, _ shape: Shape, _ type: ElementType) -> Int {
    // Only the most recent externals are compared: finding every repetition would be quadratic.
    for index in externals.indices.suffix(16).reversed() {
      let other = externals[index]
      if other.value.buffer === value.buffer, other.value.layout == value.layout, other.shape == shape,
        other.type == type
      {
        return index
      }
    }
    externals.append(External(value: value, shape: shape, type: type))
    return externals.count - 1
  }

  private mutating func scalar(_ bits: UInt64, _ type: ElementType) -> Int {
    for index in scalars.indices.suffix(16) where scalars[index] == bits && scalarTypes[index] == type { return index }
    scalars.append(bits)
    scalarTypes.append(type)
    return scalars.count - 1
  }

  func position(of node: Node) -> Int? { positions[node] }

  /// A description of the structure: equal keys, equal plans.
  var key: [UInt64] {
    var key: [UInt64] = []
    key.reserveCapacity(nodes.count * 8 + externals.count * 4)
    for (index, node) in nodes.enumerated() {
      let operation = node.operation
      key.append(UInt64(UInt(bitPattern: operation.family ?? ObjectIdentifier(operation))))
      for parameter in operation.parameters { key.append(UInt64(bitPattern: Int64(parameter))) }
      key.append(UInt64(node.type.rawValue) | (isKept[index] ? 256 : 0) | UInt64(references[index].count) << 16)
      if node.operation !== Source.constant { key.append(UInt64(bitPattern: Int64(node.attribute))) }
      append(node.shape, to: &key)
      for reference in references[index] { key.append(reference.code) }
    }
    for external in externals {
      key.append(UInt64(external.type.rawValue) | 1 << 63)
      append(external.shape, to: &key)
      if let layout = external.value.layout {
        for stride in layout.strides { key.append(UInt64(bitPattern: Int64(stride))) }
        key.append(UInt64(bitPattern: Int64(layout.offset)))
      }
    }
    for type in scalarTypes { key.append(UInt64(type.rawValue) | 1 << 62) }
    return key
  }

  private func append(_ shape: Shape, to key: inout [UInt64]) {
    key.append(UInt64(shape.rank))
    for extent in shape { key.append(UInt64(extent)) }
  }
}
