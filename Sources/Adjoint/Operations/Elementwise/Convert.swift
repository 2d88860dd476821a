import AdjointKernels
import CKernels

/// The same numbers in another type.
enum Convert {
  static let operations: [Operation] = [CK_TO_FLOAT32, CK_TO_FLOAT64, CK_TO_INT64, CK_TO_INT32, CK_TO_BOOL].map {
    code in
    Operation(
      "Convert", .elementwise(code),
      .linear { node, g in [node.x[0].type.isFloatingPoint ? g.converted(to: node.x[0].type) : nil] })
  }
}

extension Expression {
  func converted(to other: ElementType) -> Expression {
    if type == other { return self }
    if node == nil { return Expression(constant!, other) }
    return Convert.operations[Int(other.rawValue)].record(other, shape, self)
  }
}

extension Tensor {
  /// The same numbers in another type.
  ///
  /// Integers made from floating-point numbers are truncated toward zero and saturate, NaN gives 0; a Boolean is
  /// `x != 0`. Derivative: between floating-point types, the identity.
  public func converted<Other: TensorScalar>(to _: Other.Type) -> Tensor<Other> {
    Tensor<Other>(expression.converted(to: Other.elementType))
  }
}
