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

extension Tensor {
  /// Elements of `ifTrue` where the mask is true, and of `ifFalse` elsewhere. The shapes broadcast.
  ///
  /// Derivative: the cotangent goes to the branch taken; the other gets exact zeros, even where the taken
  /// branch is not finite.
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
