import AdjointKernels
import CKernels

/// x₀ − x₁·trunc(x₀/x₁).
enum TruncatedRemainder {
  static let operation = Operation.elementwise(
    "Fmod", CK_FMOD, { x, _ in x[0].number(1) }, { x, _ in -TruncatedQuotient.operation.apply(x[0], x[1]) })
}

/// x₀ − x₁·⌊x₀/x₁⌋.
enum FlooredRemainder {
  static let operation = Operation.elementwise(
    "Remainder", CK_REMAINDER, { x, _ in x[0].number(1) }, { x, _ in -FlooredQuotient.operation.apply(x[0], x[1]) })
}

/// trunc(x₀/x₁).
enum TruncatedQuotient {
  static let operation = Operation.elementwise(
    "TruncDivide", CK_TRUNC_DIVIDE, { _, _ in .zeroSlope }, { _, _ in .zeroSlope })
}

/// ⌊x₀/x₁⌋.
enum FlooredQuotient {
  static let operation = Operation.elementwise(
    "FloorDivide", CK_FLOOR_DIVIDE, { _, _ in .zeroSlope }, { _, _ in .zeroSlope })
}

/// How a quotient becomes a whole number.
public enum DivisionRounding: Sendable {
  /// Toward zero, as Swift's integer division.
  case towardZero
  /// Toward −∞, as Python's `//`.
  case down
}

extension Tensor where Scalar: TensorNumber {
  private static func number(_ value: Scalar) -> Expression { Expression(bits: value.elementBits, Scalar.elementType) }

  /// The quotient as a whole number, element by element; the shapes broadcast. An integer over 0 is 0.
  ///
  /// Derivatives: 0 and 0.
  @_disfavoredOverload
  public func divided(by other: Tensor, rounding: DivisionRounding) -> Tensor {
    let operation = rounding == .down ? FlooredQuotient.operation : TruncatedQuotient.operation
    return Tensor(operation.apply(expression, other.expression))
  }

  /// The quotient by a number as a whole number.
  public func divided(by other: Scalar, rounding: DivisionRounding) -> Tensor {
    let operation = rounding == .down ? FlooredQuotient.operation : TruncatedQuotient.operation
    return Tensor(operation.apply(expression, Self.number(other)))
  }

  /// ⌊a/b⌋, element by element; the shapes broadcast. Derivatives: 0 and 0.
  public func floorDivided(by other: Tensor) -> Tensor { divided(by: other, rounding: .down) }

  /// What is left of x after whole multiples of `other`, with the sign of `other`, as Python's `%`.
  ///
  /// Derivatives: 1 and −⌊x/other⌋.
  @_disfavoredOverload
  public func remainder(_ other: Tensor) -> Tensor {
    Tensor(FlooredRemainder.operation.apply(expression, other.expression))
  }

  /// What is left of x after whole multiples of a number, with the number's sign.
  public func remainder(_ other: Scalar) -> Tensor {
    Tensor(FlooredRemainder.operation.apply(expression, Self.number(other)))
  }

  /// What is left of x after whole multiples of `other`, with the sign of x, as C's `fmod` and Swift's `%`.
  ///
  /// Derivatives: 1 and −trunc(x/other).
  @_disfavoredOverload
  public func fmod(_ other: Tensor) -> Tensor {
    Tensor(TruncatedRemainder.operation.apply(expression, other.expression))
  }

  /// What is left of x after whole multiples of a number, with the sign of x.
  public func fmod(_ other: Scalar) -> Tensor {
    Tensor(TruncatedRemainder.operation.apply(expression, Self.number(other)))
  }
}
