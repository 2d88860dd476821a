import AdjointKernels

extension Operation {
  /// An elementwise operation with one slope per operand.
  static func elementwise(_ name: String, _ code: TileOperation, _ slopes: Slope?...) -> Operation {
    Operation(name, .elementwise(code), .elementwise(slopes))
  }

  /// An elementwise operation that has no derivative: comparisons, logic, integers.
  static func elementwise(undifferentiable name: String, _ code: TileOperation) -> Operation {
    Operation(name, .elementwise(code), .none)
  }

  /// Records an elementwise operation of one operand.
  func apply(_ x: Expression) -> Expression {
    let x = x.node == nil ? Expression(x.asNode.asLeaf) : x
    return record(resultType(of: x.type), x.shape, Operands(x))
  }

  /// Records an elementwise operation on two operands that broadcast.
  func apply(_ a: Expression, _ b: Expression) -> Expression {
    let shape: Shape
    if b.node == nil {
      // Two numbers alone: one of them has to become an array of one element.
      if a.node == nil || a.node!.operation === Source.constant { return apply(Expression(a.asNode.asLeaf), b) }
      shape = a.node!.shape
    } else if a.node == nil {
      if b.node!.operation === Source.constant { return apply(a, Expression(b.node!.asLeaf)) }
      shape = b.node!.shape
    } else {
      if a.node!.operation === Source.constant && b.node!.operation === Source.constant {
        return apply(Expression(a.node!.asLeaf), b)
      }
      guard let common = a.node!.shape.broadcast(with: b.node!.shape) else {
        fatalError(Self.broadcastMessage(name, [a.shape, b.shape]))
      }
      shape = common
    }
    return record(resultType(of: a.type), shape, Operands(a, b))
  }

  @inline(__always) private func resultType(of type: ElementType) -> ElementType {
    guard case .elementwise(let code) = kernel else { fatalError("\(name) is not elementwise") }
    return code.resultType(of: type)
  }

  static func broadcastMessage(_ name: String, _ shapes: [Shape]) -> String {
    let names = shapes.map(\.description).joined(separator: " and ")
    return "\(name): shapes \(names) do not broadcast; aligned from the last axis, extents must be equal or 1"
  }
}

extension Node {
  /// A constant as an evaluated leaf; anything else as it is.
  fileprivate var asLeaf: Node { operation === Source.constant ? Node(evaluated(), type, shape) : self }
}
