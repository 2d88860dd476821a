/// A number where a mask is true: a selection.
enum MaskedFill: OperationDeclaration {
  static let samples = [
    Sample("number", [.uniform([2, 3], -2...2), .mask([2, 3])]) {
      [Select.apply(mask: $0[1], $0[0].number(7), $0[0]).square()]
    },
    Sample("scalar, broadcast mask", [.uniform([2, 3], -2...2), .mask([3]), .uniform([], -2...2)]) {
      [Select.apply(mask: $0[1], $0[2], $0[0])]
    },
  ]
}

extension Tensor {
  /// A number where the mask is true, the tensor's elements elsewhere. The shapes broadcast.
  ///
  /// Derivative: the cotangent where the mask is false, exact zeros elsewhere.
  public func maskedFill(_ mask: Tensor<Bool>, _ value: Scalar) -> Tensor { .where(mask, value, self) }

  /// The elements of a scalar tensor where the mask is true, the tensor's elements elsewhere.
  @_disfavoredOverload
  public func maskedFill(_ mask: Tensor<Bool>, _ value: Tensor) -> Tensor { .where(mask, value, self) }
}
