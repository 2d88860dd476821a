/// A number where a mask is true: a selection.
enum MaskedFill {}

extension Tensor {
  /// A number where the mask is true, the tensor's elements elsewhere. The shapes broadcast.
  ///
  /// Derivative: the cotangent where the mask is false, exact zeros elsewhere.
  public func maskedFill(_ mask: Tensor<Bool>, _ value: Scalar) -> Tensor { .where(mask, value, self) }

  /// The elements of a scalar tensor where the mask is true, the tensor's elements elsewhere.
  @_disfavoredOverload
  public func maskedFill(_ mask: Tensor<Bool>, _ value: Tensor) -> Tensor { .where(mask, value, self) }
}
