import AdjointKernels

/// The tangent dy of a result y that has a kink where it is 0 while its square has none: operands dy, y, z and t, where y·dy is the sum
/// of z·t over the axes of the attribute.
///
/// At the kink dy is 0 by convention, and so would be the tangent of y·dy; that of Σ z·t is right.
enum TangentAtKink {
  static let operation = Operation(
    "TangentAtKink", .view { _, layout in layout },
    .custom(jvp: { _, t in t[0] }, vjp: { _, g in [g, nil, nil, nil] }), batching: Operation.batchedValue)

  /// The tangent of a reduction y that was found as a sum.
  static func record(_ tangent: Expression, of node: Recorded, _ z: Expression, _ t: Expression) -> Expression {
    operation.record(
      tangent.type, node.node.shape, attribute: node.attribute,
      Operands([Expression(tangent.asNode, tangent.value), node.y, z, t]))
  }
}

/// s·y of a result y and a constant s, which was computed before y was rounded, with the derivative of that product: operands s·y, y, s.
enum ScaledValue {
  static let operation = Operation(
    "ScaledValue", .view { _, layout in layout },
    .custom(
      jvp: { node, t in t[1].map { $0 * node.x[2] } },
      vjp: { node, g in [nil, g * node.x[2], nil] }), batching: Operation.batchedValue)
}

extension Node {
  /// Whether this is the result of the same operation on the same operand: itself, or recorded once more.
  func isSameResult(as other: Node, ofOperand index: Int) -> Bool {
    if self === other { return true }
    guard operation.identity == other.operation.identity, operation.parameters == other.operation.parameters,
      attribute == other.attribute, shape == other.shape
    else { return false }
    let (a, b) = (recordedOperands, other.recordedOperands)
    guard a.count > index, b.count > index, let node = a[index].node else { return false }
    return node === b[index].node && a[index].buffer === b[index].buffer
  }

  /// The operands as rules see them: of a tape's node, also where the value is there.
  fileprivate var recordedOperands: [Expression] { NumberOrigins.current?.operands(of: self) ?? operandArray }
}

extension Expression {
  /// This tangent times a slope that has the result itself as a factor, if the record shows both: without the kink.
  func timesKink(_ slope: Expression) -> Expression? {
    guard let node, buffer == nil, let other = slope.node else { return nil }
    if node.operation === TangentAtKink.operation {
      let parts = node.recordedOperands
      guard parts.count == 4, let y = parts[1].node else { return nil }
      guard let rest = slope.without({ $0.isSameResult(as: y, ofOperand: 1) }) else { return nil }
      return (parts[2] * parts[3]).asArray.sum(mask: node.attribute).reshaped(node.shape) * rest
    }
    // The tangent t·sign(x) of |x|: its product with |x| is t·x. Most slopes are no products, and their tangents none with a sign.
    guard node.operation === Multiply.operation || node.operation === Sign.operation,
      other.operation === AbsoluteValue.operation || other.operation === Multiply.operation
        || other.operation === Add.operation
    else { return nil }
    var (t, sign) = (Expression(1, type), self)
    if node.operation === Multiply.operation {
      guard node.operands.b.node?.operation === Sign.operation else { return nil }
      let parts = node.recordedOperands
      guard parts.count == 2 else { return nil }
      (t, sign) = (parts[0], parts[1])
    }
    guard sign.buffer == nil, let x = sign.node?.recordedOperands.first else { return nil }
    return slope.without { AbsoluteValue.isResult($0, of: x) }.map { t * x * $0 }
  }
}
