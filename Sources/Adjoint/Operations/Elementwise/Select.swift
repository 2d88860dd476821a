import AdjointKernels
import CKernels

/// mask ? x₀ : x₁. The operands are in the kernel's order: the mask comes last.
enum Select {
  static let operation = Operation(
    "Where", .elementwise(CK_SELECT),
    .linear { node, g in
      // A branch not taken gets an exact zero, whatever the cotangent: no 0 · ∞ here.
      let zero = Expression(0, g.type)
      return [apply(mask: node.x[2], g, zero), apply(mask: node.x[2], zero, g), nil]
    },
    diagonal: DiagonalBatching { node, d, shared in
      // A mask chosen once for all examples, and zero on the other side.
      guard let mask = shared[2] else { return nil }
      if let d = d[0], shared[1]?.constant == 0, node.fills(0) {
        return .diagonal(apply(mask: mask, d, Expression(0, d.type)))
      }
      if let d = d[1], shared[0]?.constant == 0, node.fills(1) {
        return .diagonal(apply(mask: mask, Expression(0, d.type), d))
      }
      return nil
    })

  static func apply(mask: Expression, _ a: Expression, _ b: Expression) -> Expression {
    if let bits = mask.constantBits {
      // Which branch is known, but the result still has the shape of all three.
      guard let ab = a.shape.broadcast(with: b.shape), let shape = ab.broadcast(with: mask.shape) else {
        fatalError(Operation.broadcastMessage("where", [mask.shape, a.shape, b.shape]))
      }
      return (bits & 1 != 0 ? a : b).expanded(to: shape)
    }
    guard let ab = a.shape.broadcast(with: b.shape), let shape = ab.broadcast(with: mask.shape) else {
      fatalError(Operation.broadcastMessage("where", [mask.shape, a.shape, b.shape]))
    }
    return operation.record(a.type, shape, Operands([a, b, mask]))
  }
}

/// An unevaluated choice between something and 0: a contribution that counts where a branch was taken.
struct Masked {
  let mask: Expression
  let taken: Expression
  /// Which side of the mask `taken` stands on.
  let isFirst: Bool

  init?(_ x: Expression) {
    guard let node = x.node, node.operation === Select.operation, x.buffer == nil else { return nil }
    let operands = NumberOrigins.current?.operands(of: node) ?? node.operandArray
    guard operands.count == 3 else { return nil }
    if Self.isZero(operands[1]) {
      (mask, taken, isFirst) = (operands[2], operands[0], true)
    } else if Self.isZero(operands[0]) {
      (mask, taken, isFirst) = (operands[2], operands[1], false)
    } else {
      return nil
    }
  }

  /// The number 0 of a rule, not of a graph that may run again with another number.
  private static func isZero(_ x: Expression) -> Bool { x.node == nil && x.numberTag == 0 && x.constant == 0 }

  /// The same choice between something else and 0.
  func with(_ other: Expression) -> Expression {
    let zero = Expression(0, other.type)
    return isFirst ? Select.apply(mask: mask, other, zero) : Select.apply(mask: mask, zero, other)
  }
}

extension Tensor {
  /// Elements of `ifTrue` where the mask is true, and of `ifFalse` elsewhere. The shapes broadcast.
  ///
  /// Derivative: the cotangent goes to the branch taken; the other gets exact zeros, even where the taken
  /// branch is not finite, and whatever the slopes of the elementwise functions that it is made of:
  /// `.where(x .> 0, x.log(), 0)` has the derivative 0 at x = 0. Behind other operations, such as products and
  /// reductions, 0 · ∞ = NaN, and the branch must be kept finite itself:
  ///
  /// ```swift
  /// let safe = Tensor.where(x .> 0, x, 1)
  /// let y = Tensor.where(x .> 0, f(safe), 0)
  /// ```
  @_disfavoredOverload
  public static func `where`(_ mask: Tensor<Bool>, _ ifTrue: Tensor, _ ifFalse: Tensor) -> Tensor {
    Tensor(Select.apply(mask: mask.expression, ifTrue.expression, ifFalse.expression))
  }

  /// Elements of `ifTrue` where the mask is true, and a number elsewhere.
  public static func `where`(_ mask: Tensor<Bool>, _ ifTrue: Tensor, _ ifFalse: Scalar) -> Tensor {
    Tensor(
      Select.apply(
        mask: mask.expression, ifTrue.expression, Expression(bits: ifFalse.elementBits, Scalar.elementType)))
  }

  /// A number where the mask is true, and elements of `ifFalse` elsewhere.
  public static func `where`(_ mask: Tensor<Bool>, _ ifTrue: Scalar, _ ifFalse: Tensor) -> Tensor {
    Tensor(
      Select.apply(
        mask: mask.expression, Expression(bits: ifTrue.elementBits, Scalar.elementType), ifFalse.expression))
  }
}
