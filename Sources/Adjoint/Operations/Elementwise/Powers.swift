import AdjointKernels
import CKernels

/// x².
enum Square {
  static let operation = Operation.elementwise("Square", CK_SQUARE, { x, _ in x[0] * Expression(2, x[0].type) })
}

/// √x.
enum SquareRoot {
  static let operation = Operation.elementwise("Sqrt", CK_SQRT, { x, y in Expression(0.5, x[0].type) / y })
}

/// x₀ to the power x₁.
enum Power {
  static let operation = Operation.elementwise(
    "Power", CK_POWER,
    { x, _ in
      // PyTorch's convention: the exponent 0 has slope 0 even where x₀^(−1) is infinite.
      let slope = x[1] * x[0].power(x[1] - Expression(1, x[1].type))
      if let exponent = x[1].constant { return exponent == 0 ? Expression(0, x[0].type) : slope }
      return Select.apply(mask: Equal.operation.apply(x[1], Expression(0, x[1].type)), Expression(0, x[0].type), slope)
    },
    { x, y in
      // 0 to a power ≥ 0 stays 0 when the exponent moves.
      let zero = Expression(0, x[0].type)
      let flat = LogicalAnd.operation.apply(
        Equal.operation.apply(x[0], zero), GreaterOrEqual.operation.apply(x[1], zero))
      return Select.apply(mask: flat, zero, y * x[0].log())
    })
}

extension Expression {
  func square() -> Expression { Square.operation.apply(self) }
  func squareRoot() -> Expression { SquareRoot.operation.apply(self) }

  func power(_ exponent: Expression) -> Expression {
    if type.isFloatingPoint {
      switch exponent.node == nil ? exponent.constant : nil {
      case 1: return self
      case 2: return square()
      case 0.5: return node == nil ? Power.operation.apply(self, exponent) : squareRoot()
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
}

extension Tensor where Scalar: TensorFloatingPoint {
  /// √x, element by element; NaN below 0, √−0 = −0.
  ///
  /// Derivative: 1/(2√x), +∞ at 0.
  public func sqrt() -> Tensor { Tensor(expression.squareRoot()) }

  /// xᵖ, element by element, as C's `pow`.
  ///
  /// Derivative: p·xᵖ⁻¹, and 0 where p is 0.
  public func power(_ exponent: Scalar) -> Tensor {
    Tensor(expression.power(Expression(bits: exponent.elementBits, Scalar.elementType)))
  }

  /// xᵖ with one exponent per element; the shapes broadcast.
  ///
  /// Derivatives: p·xᵖ⁻¹ (0 where p is 0) and xᵖ·ln x (0 where x is 0 and p ≥ 0).
  public func power(_ exponent: Tensor) -> Tensor { Tensor(expression.power(exponent.expression)) }
}
