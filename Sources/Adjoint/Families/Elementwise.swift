import AdjointKernels

extension Operation {
  /// An elementwise operation with one slope per operand.
  static func elementwise(
    _ name: String, _ code: TileOperation, _ slopes: Slope?..., diagonal: DiagonalBatching? = nil
  ) -> Operation {
    Operation(name, .elementwise(code), .elementwise(slopes), diagonal: diagonal)
  }

  /// An elementwise operation that has no derivative: comparisons, logic, integers.
  static func elementwise(undifferentiable name: String, _ code: TileOperation) -> Operation {
    Operation(name, .elementwise(code), .none)
  }

  /// A value that is made of other operations, with slopes of its own: for one operand, the value's being the first of two.
  static func ruled(_ name: String, _ slope: @escaping Slope) -> Operation {
    Operation(
      name, .view { _, layout in layout }, .elementwise([nil, { x, y in slope([x[1]], y) }]),
      batching: batchedValue)
  }

  /// A value that is made of other operations, with rules of its own: of the second of the operands, over the axes of the attribute.
  /// Behind these two come values that the rules need.
  ///
  /// `tangent` is summed over the axes; `finishing` has the last word on the sum.
  static func ruledReduction(
    _ name: String, tag: Any.Type, parameters: [Int],
    tangent: @escaping @Sendable (_ node: Recorded, _ x: Expression, _ t: Expression) -> Expression,
    finishing: (@Sendable (_ node: Recorded, _ x: Expression, _ t: Expression, _ sum: Expression) -> Expression)? = nil,
    cotangent: @escaping @Sendable (_ node: Recorded, _ x: Expression, _ g: Expression) -> Expression
  ) -> Operation {
    Operation(
      name, tag: tag, parameters: parameters, .view { _, layout in layout },
      .custom(
        jvp: { node, t in
          let x = node.x[1]
          return t[1].map { t in
            let t = t.expanded(to: x.shape)
            let sum = tangent(node, x, t).sum(mask: node.attribute).reshaped(node.node.shape)
            return finishing?(node, x, t, sum) ?? sum
          }
        },
        vjp: { node, g in [nil, cotangent(node, node.x[1], g)] + node.x.dropFirst(2).map { _ in nil } }),
      batching: batchedValue)
  }

  /// Values and operands of all examples; axes in the attribute, if any, move up by one.
  static let batchedValue: Batching = { node, x, isBatched, count in
    let all = zip(x, isBatched).map { $0.repeated(count, unless: $1) }
    return node.operation.record(
      node.type, node.shape.inserting(count, at: 0), attribute: node.attribute << 1, Operands(all))
  }

  /// Records a value, computed without a record of its own, as a reduction of an operand over the axes of a mask; `others` are
  /// values that the rules need.
  func record(_ value: Expression, of operand: Expression, mask: Int, _ others: Expression...) -> Expression {
    let value = Expression(value.asArray.asNode)
    return record(
      operand.type, value.shape, attribute: mask,
      Operands([value, operand] + others.map { Expression($0.asArray.asNode) }))
  }

  /// Records a value, computed without a record of its own, as a function of an operand of the same shape.
  func record(_ value: Expression, of operand: Expression) -> Expression {
    record(operand.type, operand.shape, Operands([Expression(value.asArray.asNode), operand]))
  }

  /// Records an elementwise operation of one operand.
  func apply(_ x: consuming Expression) -> Expression {
    if x.node == nil { x = Expression(x.asNode.asLeaf) }
    let (type, shape) = (resultType(of: x.type), x.node!.shape)
    return record(type, shape, x)
  }

  /// Records an elementwise operation on two operands that broadcast.
  func apply(_ a: consuming Expression, _ b: consuming Expression) -> Expression {
    // Two numbers alone: one of them has to become an array of one element.
    if a.isConstant && b.isConstant {
      if a.node != nil && b.node != nil { _ = Self.commonShape(name, a, b).checked(name) }
      if a.node != nil || b.node == nil {
        a = Expression(a.asNode.asLeaf)
      } else {
        b = Expression(b.asNode.asLeaf)
      }
    }
    let shape = Self.commonShape(name, a, b)
    let type = resultType(of: a.type)
    return record(type, shape, a, b)
  }

  @inline(__always)
  private static func commonShape(_ name: String, _ a: borrowing Expression, _ b: borrowing Expression) -> Shape {
    if a.node == nil { return b.node!.shape }
    if b.node == nil || a.node!.shape == b.node!.shape { return a.node!.shape }
    if let common = a.node!.shape.broadcast(with: b.node!.shape) { return common }
    fatalError(broadcastMessage(name, [a.node!.shape, b.node!.shape]))
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
