/// How an operation differentiates: which of the families it belongs to, and what the family asks for.
///
/// Rules are graph expressions, so derivatives of every order come for free and fuse like any other
/// expression. A rule states one operand's contribution; adding contributions up, undoing broadcasting and
/// checking shapes is the engine's work alone.
enum Rule: Sendable {
  /// No derivative: integers, comparisons, and what is constant almost everywhere.
  case none
  /// One slope per operand, ∂y/∂xᵢ element by element; nil where it is zero.
  case elementwise([Slope?])
  /// Linear in all operands together: the transpose takes the cotangent of y to that of each operand.
  case linear(transpose: @Sendable (Recorded, Expression) -> [Expression?])
  /// Linear in each of two operands: the transposes of B(·, b) and B(a, ·).
  case bilinear(
    left: @Sendable (Recorded, Expression) -> Expression, right: @Sendable (Recorded, Expression) -> Expression)
  /// From many elements to one: ∂y/∂x element by element, with y broadcast back to the shape of x.
  case reduction(weights: @Sendable (_ x: Expression, _ y: Expression, _ node: Recorded) -> Expression)
  /// Anything else, with both rules written out. Operands without a tangent come as nil.
  case custom(
    jvp: @Sendable (Recorded, [Expression?]) -> Expression?, vjp: @Sendable (Recorded, Expression) -> [Expression?])
}

/// A slope of an elementwise operation from its operands x and its result y.
///
/// A slope of type Bool is a mask: the tangent or cotangent passes where it is true and is zero elsewhere, even
/// where the tangent is not finite.
typealias Slope = @Sendable (_ x: [Expression], _ y: Expression) -> Expression

/// A node with its operands, as rules see them.
struct Recorded {
  let node: Node
  let x: [Expression]

  init(_ node: Node) { self.init(node, node.operandArray) }

  /// With operands that were read before: another thread may have computed the node since, and dropped them.
  init(_ node: Node, _ operands: [Expression]) {
    self.node = node
    x = operands
  }

  var y: Expression { Expression(node) }
  var attribute: Int { node.attribute }
}

extension Rule {
  /// Whether there is a derivative at all.
  var exists: Bool { if case .none = self { false } else { true } }

  /// The cotangents of the operands that ask for one, from the cotangent g of the result.
  func cotangents(_ recorded: Recorded, _ g: Expression, wants: [Bool]) -> [Expression?] {
    let x = recorded.x
    switch self {
    case .none:
      return Array(repeating: nil, count: x.count)
    case .elementwise(let slopes):
      return x.indices.map { index in
        guard wants[index], let slope = slopes[index] else { return nil }
        return g.scaled(by: slope(x, recorded.y)).reduced(to: x[index].shape, from: recorded.node.shape)
      }
    case .linear(let transpose):
      return Self.checked(transpose(recorded, g.expanded(to: recorded.node.shape)), recorded, wants)
    case .bilinear(let left, let right):
      let g = g.expanded(to: recorded.node.shape)
      return Self.checked(
        [wants[0] ? left(recorded, g) : nil, wants[1] ? right(recorded, g) : nil], recorded, wants)
    case .reduction(let weights):
      let mask = recorded.attribute
      let kept = x[0].shape.keeping(mask)
      return [g.keeping(kept).scaled(by: weights(x[0], recorded.y.keeping(kept), recorded))]
    case .custom(_, let vjp):
      return Self.checked(vjp(recorded, g.expanded(to: recorded.node.shape)), recorded, wants)
    }
  }

  /// Sums a contribution over the axes that the operation broadcast, and refuses one that cannot be the operand's.
  private static func checked(_ results: [Expression?], _ recorded: Recorded, _ wants: [Bool]) -> [Expression?] {
    recorded.x.indices.map { index in
      guard wants[index], let result = results[index] else { return nil }
      let target = recorded.x[index].shape
      if result.node == nil || result.shape == target { return result }
      guard let common = result.shape.broadcast(with: target) else {
        fatalError(
          "\(recorded.node.operation.name): its rule gives operand \(index) of shape \(target) a gradient of shape "
            + "\(result.shape); the two must be equal")
      }
      return common == target ? result : result.reduced(to: target, from: result.shape)
    }
  }

  /// The tangent of the result from those of the operands; nil is zero.
  func tangent(_ recorded: Recorded, _ t: [Expression?]) -> Expression? {
    let x = recorded.x
    let node = recorded.node
    switch self {
    case .none:
      return nil
    case .elementwise(let slopes):
      var sum: Expression?
      for index in x.indices {
        guard let tangent = t[index], let slope = slopes[index] else { continue }
        sum = .adding(sum, tangent.scaled(by: slope(x, recorded.y)))
      }
      return sum
    case .linear:
      guard t.contains(where: { $0 != nil }) else { return nil }
      let operands = x.indices.map { index in
        t[index]?.expanded(to: x[index].shape)
          ?? (x[index].type.isFloatingPoint ? .full(0, x[index].type, x[index].shape) : x[index])
      }
      return node.operation.rerecord(node, Operands(operands))
    case .bilinear:
      var sum: Expression?
      if let tangent = t[0] { sum = node.operation.rerecord(node, Operands(tangent.expanded(to: x[0].shape), x[1])) }
      if let tangent = t[1] {
        sum = .adding(sum, node.operation.rerecord(node, Operands(x[0], tangent.expanded(to: x[1].shape))))
      }
      return sum
    case .reduction(let weights):
      guard let tangent = t[0] else { return nil }
      let mask = recorded.attribute
      let kept = x[0].shape.keeping(mask)
      let product = tangent.scaled(by: weights(x[0], recorded.y.keeping(kept), recorded))
      return product.expanded(to: x[0].shape).sum(mask: mask).reshaped(node.shape)
    case .custom(let jvp, _):
      guard t.contains(where: { $0 != nil }) else { return nil }
      return jvp(recorded, t)
    }
  }
}

extension Expression {
  /// The sum of two contributions, of which the first may be missing.
  static func adding(_ a: Expression?, _ b: Expression) -> Expression {
    guard let a else { return b }
    return a.accumulating(b)
  }

  /// Undoes broadcasting: sums over the axes along which an operand of shape `target` was repeated to make `full`.
  ///
  /// A cotangent may have extents of 1, or no shape at all, where it is the same along an axis of `full`.
  func reduced(to target: Shape, from full: Shape) -> Expression {
    if target == full { return self }
    var mask = 0
    let lead = full.rank - target.rank
    for axis in full.indices where axis < lead || (target[axis - lead] == 1 && full[axis] != 1) { mask |= 1 << axis }
    return expanded(to: full).sum(mask: mask).reshaped(target)
  }

  /// A reduction's result with its reduced axes back at extent 1, if it has any shape at all.
  func keeping(_ shape: Shape) -> Expression {
    guard node != nil else { return self }
    return reshaped(shape)
  }
}

extension Shape {
  /// The shape with the axes of a mask at extent 1.
  func keeping(_ mask: Int) -> Shape {
    var result = self
    for axis in indices where mask >> axis & 1 == 1 { result[axis] = 1 }
    return result
  }

  /// The shape without the axes of a mask.
  func removing(_ mask: Int) -> Shape {
    var result = Shape()
    for axis in indices where mask >> axis & 1 == 0 { result.append(self[axis]) }
    return result
  }
}
