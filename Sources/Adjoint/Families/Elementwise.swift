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

  /// Records an elementwise operation on operands that broadcast.
  func apply(_ operands: Expression...) -> Expression {
    guard case .elementwise(let code) = kernel else { fatalError("\(name) is not elementwise") }
    var shape = operands[0].shape
    for operand in operands.dropFirst() {
      guard let common = shape.broadcast(with: operand.shape) else {
        fatalError(Self.broadcastMessage(name, operands.map(\.shape)))
      }
      shape = common
    }
    var operands = operands
    // The first operand decides the kernel's type; a number alone has to become an array of one element.
    if operands.allSatisfy({ $0.constantBits != nil }) {
      operands[0] = Expression(Value.filled(operands[0].constantBits!, operands[0].type, 1).leaf(operands[0].type))
    }
    return record(code.resultType(of: operands[0].type), shape, Operands(operands))
  }

  static func broadcastMessage(_ name: String, _ shapes: [Shape]) -> String {
    let names = shapes.map(\.description).joined(separator: " and ")
    return "\(name): shapes \(names) do not broadcast; aligned from the last axis, extents must be equal or 1"
  }
}

extension Value {
  /// A leaf of one element.
  fileprivate func leaf(_ type: ElementType) -> Node { Node(self, type, Shape()) }
}
