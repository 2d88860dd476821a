import AdjointKernels
import CKernels

/// x₀ + x₁.
enum Add {
  static let operation = Operation.elementwise(
    "Add", CK_ADD, { x, _ in Expression(1, x[0].type) }, { x, _ in Expression(1, x[0].type) }, diagonal: .ofBoth)
}

/// x₀ − x₁.
enum Subtract {
  static let operation = Operation.elementwise(
    "Subtract", CK_SUBTRACT, { x, _ in Expression(1, x[0].type) }, { x, _ in Expression(-1, x[0].type) },
    diagonal: .ofBoth)
}

/// x₀ · x₁.
enum Multiply {
  static let operation = Operation.elementwise(
    "Multiply", CK_MULTIPLY, { x, _ in x[1] }, { x, _ in x[0] },
    diagonal: DiagonalBatching { node, d, shared in
      if let d = d[0], let factor = shared[1], node.fills(0) { return .diagonal(d * factor) }
      if let factor = shared[0], let d = d[1], node.fills(1) { return .diagonal(factor * d) }
      return nil
    })
}

/// x₀ / x₁.
enum Divide {
  static let operation = Operation.elementwise(
    "Divide", CK_DIVIDE, { x, _ in Expression(1, x[0].type) / x[1] }, { x, y in -y / x[1] },
    diagonal: DiagonalBatching { node, d, shared in
      guard let d = d[0], let divisor = shared[1], node.fills(0) else { return nil }
      return .diagonal(d / divisor)
    })
}

/// −x.
enum Negate {
  static let operation = Operation.elementwise(
    "Negate", CK_NEGATE, { x, _ in Expression(-1, x[0].type) }, diagonal: .unary)
}

extension Recorded {
  /// Whether an operand repeats no element to fill the result.
  func fills(_ operand: Int) -> Bool { x[operand].shape == node.shape }
}

extension DiagonalBatching {
  /// The same operation on two diagonals.
  static let ofBoth = DiagonalBatching { recorded, d, _ in
    guard let a = d[0], let b = d[1], recorded.fills(0), recorded.fills(1) else { return nil }
    return .diagonal(recorded.node.operation.rerecord(recorded.node, Operands(a, b)))
  }
}

extension Expression {
  static func + (a: Expression, b: Expression) -> Expression {
    if let folded = folding(a, b, .add) { return folded }
    if a.isZero, b.node != nil, a.shape.rank == 0 { return b }
    if b.isZero, a.node != nil, b.shape.rank == 0 { return a }
    return Add.operation.apply(a, b)
  }

  static func - (a: Expression, b: Expression) -> Expression {
    folding(a, b, .subtract) ?? Subtract.operation.apply(a, b)
  }

  static func * (a: Expression, b: Expression) -> Expression {
    if let folded = folding(a, b, .multiply) { return folded }
    if b.node != nil, a.isOne(within: b.shape) { return b }
    if a.node != nil, b.isOne(within: a.shape) { return a }
    return Multiply.operation.apply(a, b)
  }

  static func / (a: Expression, b: Expression) -> Expression {
    if let folded = folding(a, b, .divide) { return folded }
    if a.node != nil, b.isOne(within: a.shape) { return a }
    return Divide.operation.apply(a, b)
  }

  static prefix func - (x: Expression) -> Expression {
    if x.isConstant, x.type.isFloatingPoint, let product = folding(Expression(-1, x.type), x, .multiply) {
      return product
    }
    return Negate.operation.apply(x)
  }

  /// Whether this is the number 1 and adds no axis to a shape.
  private func isOne(within other: Shape) -> Bool {
    numberTag == 0 && constant == 1 && (node == nil || shape.elementCount == 1 && shape.rank <= other.rank)
  }
  /// Contributions of symbolic zeros vanish; −0 + 0 makes no difference to a sum of gradients.
  private var isZero: Bool { node == nil && tag == 0 && constant == 0 }

  /// The result where both operands are constants; rounded to the operands' own type.
  private static func folding(_ a: Expression, _ b: Expression, _ arithmetic: NumberOrigins.Arithmetic) -> Expression? {
    guard a.type.isFloatingPoint, let x = a.numberBits, let y = b.numberBits else { return nil }
    let tag = a.numberTag == 0 && b.numberTag == 0 ? 0 : NumberOrigins.current?.derive(arithmetic, a.type, a, b) ?? 0
    let number = Expression(bits: arithmetic(x, y, a.type), a.type).tagged(tag)
    if a.node == nil && b.node == nil { return number }
    guard let shape = a.shape.broadcast(with: b.shape) else {
      fatalError(Operation.broadcastMessage("arithmetic", [a.shape, b.shape]))
    }
    return number.constant(of: shape)
  }

  /// The product with a slope, or the selection by a mask.
  func scaled(by slope: Expression) -> Expression {
    if slope.type == .bool { return Select.apply(mask: slope, self, Expression(0, type)) }
    if slope.node == nil && slope.numberTag == 0 && slope.constant == 1 { return self }
    if let product = timesKink(slope) { return product }
    // The choice is made last: 0 · ∞ would let a branch that was not taken through.
    if let masked = Masked(self) { return masked.with(masked.taken.scaled(by: slope)) }
    // A number times (x times a number), or −x times (z times a number): the numbers are multiplied once and not for
    // every element.
    if let (z, number) = slope.timesNumber {
      if node == nil { return z * (self * number) }
      if let (x, sign) = timesNumber, sign.constant == -1 { return (x * z) * (sign * number) }
    }
    return self * slope
  }

  /// The sum of two contributions to one cotangent or tangent.
  func accumulating(_ other: Expression) -> Expression {
    if let a = Masked(self), let b = Masked(other), a.mask.node === b.mask.node, a.mask.buffer === b.mask.buffer,
      a.isFirst == b.isFirst,
      a.taken.type == b.taken.type, shape == other.shape
    {
      return a.with(a.taken + b.taken)
    }
    return self + other
  }

  /// This over a result, if the record shows it as a factor: 2·g of 2·g·y. nil where it does not.
  func without(depth: Int = 4, _ isFactor: (Node) -> Bool) -> Expression? {
    guard let node, depth > 0 else { return nil }
    if isFactor(node) { return Expression(1, type) }
    guard buffer == nil else { return nil }
    let parts = NumberOrigins.current?.operands(of: node) ?? node.operandArray
    guard parts.count == 2 else { return nil }
    if node.operation === Multiply.operation {
      if let rest = parts[0].without(depth: depth - 1, isFactor) { return rest * parts[1] }
      return parts[1].without(depth: depth - 1, isFactor).map { parts[0] * $0 }
    }
    guard node.operation === Add.operation, let a = parts[0].without(depth: depth - 1, isFactor) else { return nil }
    return parts[1].without(depth: depth - 1, isFactor).map { a + $0 }
  }

  /// x and a of an unevaluated x·a with a number a.
  private var timesNumber: (Expression, Expression)? {
    guard let node, node.operation === Multiply.operation, buffer == nil else { return nil }
    // Of a recorded graph, the numbers with what is known of their origin.
    let factors = NumberOrigins.current?.operands(of: node) ?? node.operandArray
    return factors.count == 2 && factors[1].node == nil ? (factors[0], factors[1]) : nil
  }
}
