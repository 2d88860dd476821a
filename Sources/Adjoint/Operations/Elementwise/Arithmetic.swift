import AdjointKernels
import CKernels

/// x₀ + x₁.
enum Add {
  static let operation = Operation.elementwise(
    "Add", CK_ADD, { x, _ in Expression(1, x[0].type) }, { x, _ in Expression(1, x[0].type) })
}

/// x₀ − x₁.
enum Subtract {
  static let operation = Operation.elementwise(
    "Subtract", CK_SUBTRACT, { x, _ in Expression(1, x[0].type) }, { x, _ in Expression(-1, x[0].type) })
}

/// x₀ · x₁.
enum Multiply {
  static let operation = Operation.elementwise("Multiply", CK_MULTIPLY, { x, _ in x[1] }, { x, _ in x[0] })
}

/// x₀ / x₁.
enum Divide {
  static let operation = Operation.elementwise(
    "Divide", CK_DIVIDE, { x, _ in Expression(1, x[0].type) / x[1] }, { x, y in -y / x[1] })
}

/// −x.
enum Negate {
  static let operation = Operation.elementwise("Negate", CK_NEGATE, { x, _ in Expression(-1, x[0].type) })
}

extension Expression {
  static func + (a: Expression, b: Expression) -> Expression {
    if let folded = folding(a, b, +) { return folded }
    if a.isZero, b.node != nil, a.shape.rank == 0 { return b }
    if b.isZero, a.node != nil, b.shape.rank == 0 { return a }
    return Add.operation.apply(a, b)
  }

  static func - (a: Expression, b: Expression) -> Expression {
    folding(a, b, -) ?? Subtract.operation.apply(a, b)
  }

  static func * (a: Expression, b: Expression) -> Expression {
    if let folded = folding(a, b, *) { return folded }
    if b.node != nil, a.isOne(within: b.shape) { return b }
    if a.node != nil, b.isOne(within: a.shape) { return a }
    return Multiply.operation.apply(a, b)
  }

  static func / (a: Expression, b: Expression) -> Expression {
    if let folded = folding(a, b, /) { return folded }
    if a.node != nil, b.isOne(within: a.shape) { return a }
    return Divide.operation.apply(a, b)
  }

  static prefix func - (x: Expression) -> Expression {
    if let bits = x.constant, x.type.isFloatingPoint {
      return .constant(bits: ScalarBits.encode(-bits, x.type), like: x)
    }
    return Negate.operation.apply(x)
  }

  /// Whether this is the number 1 and adds no axis to a shape.
  private func isOne(within other: Shape) -> Bool {
    constant == 1 && (node == nil || shape.elementCount == 1 && shape.rank <= other.rank)
  }
  /// Contributions of symbolic zeros vanish; −0 + 0 makes no difference to a sum of gradients.
  private var isZero: Bool { node == nil && constant == 0 }

  /// The result where both operands are constants; rounded to the operands' own type.
  private static func folding(_ a: Expression, _ b: Expression, _ combine: (Double, Double) -> Double) -> Expression? {
    guard let x = a.constant, let y = b.constant, a.type.isFloatingPoint else { return nil }
    // A Float operation rounded from the Double result is the correctly rounded Float operation.
    let bits = ScalarBits.encode(combine(x, y), a.type)
    if a.node == nil && b.node == nil { return Expression(bits: bits, a.type) }
    guard let shape = a.shape.broadcast(with: b.shape) else {
      fatalError(Operation.broadcastMessage("arithmetic", [a.shape, b.shape]))
    }
    return .constant(bits: bits, a.type, shape)
  }

  private static func constant(bits: UInt64, like x: Expression) -> Expression {
    x.node == nil ? Expression(bits: bits, x.type) : .constant(bits: bits, x.type, x.shape)
  }
}
