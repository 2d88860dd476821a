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
    // Not I₀ − I₁/x, which cancels near 0.
    { x, _ in
      BesselI0.operation.apply(x[0]) * x[0].number(0.5)
        + BesselI.operation.apply(x[0].number(2), x[0]) * x[0].number(0.5)
    })
}

/// The modified Bessel function I_n of the whole order n, which has no derivative; I_(−n) is I_n.
enum BesselI {
  static let operation: Operation = .elementwise(
    "BesselI", CK_BESSEL_I, nil,
    { x, _ in
      let (one, half) = (x[0].number(1), x[0].number(0.5))
      return operation.apply(x[0] - one, x[1]) * half + operation.apply(x[0] + one, x[1]) * half
    })
}

/// (−1)ⁿ times the nth derivative of e^(−x)·I₀(x) at |x|; the order has no derivative.
enum BesselDecay {
  static let operation: Operation = .elementwise(
    "BesselDecay", CK_BESSEL_DECAY, nil,
    { x, _ in -(operation.apply(x[0] + x[0].number(1), x[1]) * x[1].sign()) })
}

/// e^(−|x|)·I₀(x).
enum ScaledBesselI0 {
  static let operation: Operation = .elementwise(
    "I0e", CK_I0E, { x, _ in -(BesselDecay.operation.apply(x[0].number(1), x[0]) * x[0].sign()) })
}

/// e^(−|x|)·I₁(x).
enum ScaledBesselI1 {
  static let operation: Operation = .elementwise(
    "I1e", CK_I1E,
    // i₁ is i₀ + i₀′: a derivative more of both, which cancel neither for large x nor near 0.
    { x, _ in
      BesselDecay.operation.apply(x[0].number(2), x[0]) - BesselDecay.operation.apply(x[0].number(1), x[0])
    })
}

extension Tensor where Scalar: TensorFloatingPoint {
  /// The modified Bessel function of the first kind of order 0, element by element; NaN at ±∞, as in PyTorch.
  ///
  /// Derivative: ``besselI1()``.
  public func besselI0() -> Tensor { Tensor(BesselI0.operation.apply(expression)) }

  /// e^(−|x|)·I₀(x), element by element, which does not overflow; 0 at ±∞.
  ///
  /// Derivative: e^(−|x|)·I₁(x) − sign(x)·y, by its integral, which does not cancel.
  public func scaledBesselI0() -> Tensor { Tensor(ScaledBesselI0.operation.apply(expression)) }

  /// The modified Bessel function of the first kind of order 1, element by element; NaN at ±∞, as in PyTorch.
  ///
  /// Derivative: (I₀(x) + I₂(x))/2.
  public func besselI1() -> Tensor { Tensor(BesselI1.operation.apply(expression)) }

  /// e^(−|x|)·I₁(x), element by element, which does not overflow; 0 at ±∞.
  ///
  /// Derivative: e^(−|x|)·I₀(x) − y·(sign(x) + 1/x), and ½ at 0, by integrals that do not cancel.
  public func scaledBesselI1() -> Tensor { Tensor(ScaledBesselI1.operation.apply(expression)) }
}
