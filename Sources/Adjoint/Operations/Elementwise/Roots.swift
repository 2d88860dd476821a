import AdjointKernels
import CKernels

/// √x.
enum SquareRoot {
  static let operation = Operation.elementwise("Sqrt", CK_SQRT, { x, y in x[0].number(0.5) / y })
}

/// √x with slope 0 at 0: the root of a sum of squares, whose derivative at 0 is 0 by convention.
enum FlatSquareRoot {
  static let operation = Operation.elementwise(
    "Sqrt", CK_SQRT,
    { x, y in
      let zero = x[0].number(0)
      let isZero = Equal.operation.apply(y, zero)
      // 1 in place of 0 keeps ∞ · 0 out of the second derivative.
      return Select.apply(mask: isZero, zero, x[0].number(0.5) / Select.apply(mask: isZero, x[0].number(1), y))
    })
}

/// 1/√x.
enum ReciprocalSquareRoot {
  static let operation = Operation.elementwise("Rsqrt", CK_RSQRT, { x, y in y * y.square() * x[0].number(-0.5) })
}

/// 1/x.
enum Reciprocal {
  static let operation = Operation.elementwise("Reciprocal", CK_RECIPROCAL, { _, y in -y.square() })
}

extension Expression {
  func squareRoot() -> Expression { SquareRoot.operation.apply(self) }
  func flatSquareRoot() -> Expression { FlatSquareRoot.operation.apply(self) }
  func reciprocalSquareRoot() -> Expression { ReciprocalSquareRoot.operation.apply(self) }
  func reciprocal() -> Expression { Reciprocal.operation.apply(self) }
}

extension Tensor where Scalar: TensorFloatingPoint {
  /// √x, element by element; NaN below 0, √−0 = −0.
  ///
  /// Derivative: 1/(2√x), +∞ at 0.
  public func sqrt() -> Tensor { Tensor(expression.squareRoot()) }

  /// 1/√x, element by element; ±∞ at ±0, NaN below 0.
  ///
  /// Derivative: −1/(2x√x).
  public func rsqrt() -> Tensor { Tensor(expression.reciprocalSquareRoot()) }

  /// 1/x, element by element; ±∞ at ±0.
  ///
  /// Derivative: −1/x².
  public func reciprocal() -> Tensor { Tensor(expression.reciprocal()) }
}
