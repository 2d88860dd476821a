import AdjointKernels
import CKernels

/// The larger of x₀ and x₁; ties share the cotangent.
enum Maximum {
  static let operation = Operation.elementwise(
    "Maximum", CK_MAXIMUM, { x, _ in share(of: x[0], over: x[1], Less.operation) },
    { x, _ in share(of: x[1], over: x[0], Less.operation) })

  /// 1 where the operand is taken, 0 where `loses` holds, and ½ for ties. NaN passes to both operands, as in PyTorch.
  static func share(of x: Expression, over other: Expression, _ loses: Operation) -> Expression {
    let tie = Select.apply(mask: Equal.operation.apply(x, other), x.number(0.5), x.number(1))
    return Select.apply(mask: loses.apply(x, other), x.number(0), tie)
  }
}

/// The smaller of x₀ and x₁; ties share the cotangent.
enum Minimum {
  static let operation = Operation.elementwise(
    "Minimum", CK_MINIMUM, { x, _ in Maximum.share(of: x[0], over: x[1], Greater.operation) },
    { x, _ in Maximum.share(of: x[1], over: x[0], Greater.operation) })
}

extension Tensor where Scalar: TensorNumber {
  /// The larger of the two, element by element; NaN if either is. The shapes broadcast.
  ///
  /// Derivative: 1 for the larger; ties share, ½ each.
  @_disfavoredOverload
  public static func maximum(_ a: Tensor, _ b: Tensor) -> Tensor {
    Tensor(Maximum.operation.apply(a.expression, b.expression))
  }

  /// The larger of each element and a number. Derivative: 1 where the element is larger, ½ where they are equal.
  public static func maximum(_ a: Tensor, _ b: Scalar) -> Tensor {
    Tensor(Maximum.operation.apply(a.expression, Expression(bits: b.elementBits, Scalar.elementType)))
  }

  /// The smaller of the two, element by element; NaN if either is. The shapes broadcast.
  ///
  /// Derivative: 1 for the smaller; ties share, ½ each.
  @_disfavoredOverload
  public static func minimum(_ a: Tensor, _ b: Tensor) -> Tensor {
    Tensor(Minimum.operation.apply(a.expression, b.expression))
  }

  /// The smaller of each element and a number. Derivative: 1 where the element is smaller, ½ where they are equal.
  public static func minimum(_ a: Tensor, _ b: Scalar) -> Tensor {
    Tensor(Minimum.operation.apply(a.expression, Expression(bits: b.elementBits, Scalar.elementType)))
  }
}
