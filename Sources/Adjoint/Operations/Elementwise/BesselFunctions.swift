import AdjointKernels
import CKernels

/// The modified Bessel function I₀.
enum BesselI0 {
  static let operation: Operation = .elementwise("I0", CK_I0, { x, _ in BesselI1.operation.apply(x[0]) })
}

/// The modified Bessel function I₁.
enum BesselI1 {
  static let operation: Operation = .elementwise(
    "I1", CK_I1,
    { x, y in BesselI1.withoutPole(x[0]) { BesselI0.operation.apply(x[0]) - y / $0 } })

  /// A slope with a quotient by x, which at 0 is 1/2.
  static func withoutPole(_ x: Expression, _ slope: (Expression) -> Expression) -> Expression {
    let isZero = Equal.operation.apply(x, x.number(0))
    return Select.apply(mask: isZero, x.number(0.5), slope(Select.apply(mask: isZero, x.number(1), x)))
  }
}

/// e^(−|x|)·I₀(x).
enum ScaledBesselI0 {
  static let operation: Operation = .elementwise(
    "I0e", CK_I0E, { x, y in ScaledBesselI1.operation.apply(x[0]) - x[0].sign() * y })
}

/// e^(−|x|)·I₁(x).
enum ScaledBesselI1 {
  static let operation: Operation = .elementwise(
    "I1e", CK_I1E,
    { x, y in
      BesselI1.withoutPole(x[0]) { ScaledBesselI0.operation.apply(x[0]) - y * (x[0].sign() + x[0].number(1) / $0) }
    })
}

extension Tensor where Scalar: TensorFloatingPoint {
  /// The modified Bessel function of the first kind of order 0, element by element; NaN at ±∞, as in PyTorch.
  ///
  /// Derivative: ``besselI1()``.
  public func besselI0() -> Tensor { Tensor(BesselI0.operation.apply(expression)) }

  /// e^(−|x|)·I₀(x), element by element, which does not overflow; 0 at ±∞.
  ///
  /// Derivative: e^(−|x|)·I₁(x) − sign(x)·y.
  public func scaledBesselI0() -> Tensor { Tensor(ScaledBesselI0.operation.apply(expression)) }

  /// The modified Bessel function of the first kind of order 1, element by element; NaN at ±∞, as in PyTorch.
  ///
  /// Derivative: I₀(x) − I₁(x)/x, and ½ at 0.
  public func besselI1() -> Tensor { Tensor(BesselI1.operation.apply(expression)) }

  /// e^(−|x|)·I₁(x), element by element, which does not overflow; 0 at ±∞.
  ///
  /// Derivative: e^(−|x|)·I₀(x) − y·(sign(x) + 1/x), and ½ at 0.
  public func scaledBesselI1() -> Tensor { Tensor(ScaledBesselI1.operation.apply(expression)) }
}
