import AdjointKernels
import CKernels

/// |x₀| with the sign of x₁.
enum CopySign {
  static let operation = Operation.elementwise(
    "CopySign", CK_COPYSIGN,
    // ±1: the sign that x₀ has kept or lost, and 0 at 0.
    { x, y in x[0].sign() * y.sign() }, { _, _ in .zeroSlope })
}

extension Tensor where Scalar: TensorFloatingPoint {
  /// |x| with the sign of `sign`, which may be that of a zero; the shapes broadcast.
  ///
  /// Derivatives: ±1, as the sign was kept or changed, and 0 where x is 0; 0 with respect to `sign`.
  @_disfavoredOverload
  public func copysign(_ sign: Tensor) -> Tensor { Tensor(CopySign.operation.apply(expression, sign.expression)) }

  /// |x| with the sign of a number.
  public func copysign(_ sign: Scalar) -> Tensor {
    Tensor(CopySign.operation.apply(expression, Expression(bits: sign.elementBits, Scalar.elementType)))
  }
}
