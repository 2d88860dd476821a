import AdjointKernels
import CKernels

/// x².
enum Square {
  static let operation = Operation.elementwise("Square", CK_SQUARE, { x, _ in x[0] * x[0].number(2) })
}

/// x₀ to the power x₁.
enum Power {
  static let operation = Operation.elementwise(
    "Power", CK_POWER,
    { x, _ in
      // PyTorch's convention: the exponent 0 has slope 0 even where x₀^(−1) is infinite.
      let slope = x[1] * x[0].power(x[1] - x[1].number(1))
      if let exponent = x[1].constant { return exponent == 0 ? .zeroSlope : slope }
      return Select.apply(mask: Equal.operation.apply(x[1], x[1].number(0)), x[0].number(0), slope)
    },
    { x, y in
      // 0 to a power ≥ 0 stays 0 when the exponent moves. The logarithm of 1 instead keeps ∞ · 0 out of the
      // second derivative.
      let zero = x[0].number(0)
      let flat = LogicalAnd.operation.apply(
        Equal.operation.apply(x[0], zero), GreaterOrEqual.operation.apply(x[1], zero))
      return y * Select.apply(mask: flat, x[0].number(1), x[0]).log()
    })
}

extension Expression {
  func square() -> Expression { Square.operation.apply(self) }

  func power(_ exponent: Expression) -> Expression {
    if type.isFloatingPoint {
      switch exponent.node == nil && node != nil ? exponent.constant : nil {
      case 1: return self
      case 2: return square()
      default: break
      }
    }
    return Power.operation.apply(self, exponent)
  }
}

extension Tensor where Scalar: TensorNumber {
  /// x², element by element; integers wrap.
  ///
  /// Derivative: 2x.
  public func square() -> Tensor { Tensor(expression.square()) }

  /// xᵖ, element by element, as C's `pow`; integers wrap, and for them a negative power of anything but ±1 is 0.
  ///
  /// Derivative: p·xᵖ⁻¹, and 0 where p is 0.
  public func power(_ exponent: Scalar) -> Tensor {
    Tensor(expression.power(Expression(bits: exponent.elementBits, Scalar.elementType)))
  }

  /// xᵖ with one exponent per element; the shapes broadcast.
  ///
  /// Derivatives: p·xᵖ⁻¹ (0 where p is 0) and xᵖ·ln x (0 where x is 0 and p ≥ 0).
  @_disfavoredOverload
  public func power(_ exponent: Tensor) -> Tensor { Tensor(expression.power(exponent.expression)) }

  /// A number to the power of each element.
  ///
  /// Derivative: bˣ·ln b, and 0 where b is 0 and x ≥ 0.
  public static func power(_ base: Scalar, _ exponent: Tensor) -> Tensor {
    Tensor(Power.operation.apply(Expression(bits: base.elementBits, Scalar.elementType), exponent.expression))
  }
}
