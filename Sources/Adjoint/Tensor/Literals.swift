import AdjointKernels

/// A part of a literal: a number, a Boolean, or an array of such.
///
/// It exists so that `[[1, 2], [3, 4]]` can be a tensor while `x * 2` stays a product with a number.
public struct TensorLiteral<Scalar: TensorScalar> {
  let shape: Shape
  let scalars: [Scalar]

  init(_ scalar: Scalar) {
    shape = Shape()
    scalars = [scalar]
  }

  init(_ parts: [TensorLiteral]) {
    let inner = parts.first?.shape ?? Shape()
    for (index, part) in parts.enumerated() where part.shape != inner {
      fatalError(
        "Tensor: element \(index) of an array literal has shape \(part.shape) and element 0 has \(inner); all must be "
          + "equal")
    }
    shape = inner.inserting(parts.count, at: 0)
    scalars = parts.flatMap(\.scalars)
  }
}

extension TensorLiteral: ExpressibleByArrayLiteral {
  public init(arrayLiteral elements: TensorLiteral...) { self.init(elements) }
}

extension TensorLiteral: ExpressibleByIntegerLiteral where Scalar: ExpressibleByIntegerLiteral {
  public init(integerLiteral value: Scalar.IntegerLiteralType) { self.init(Scalar(integerLiteral: value)) }
}

extension TensorLiteral: ExpressibleByFloatLiteral where Scalar: ExpressibleByFloatLiteral {
  public init(floatLiteral value: Scalar.FloatLiteralType) { self.init(Scalar(floatLiteral: value)) }
}

extension TensorLiteral: ExpressibleByBooleanLiteral where Scalar == Bool {
  public init(booleanLiteral value: Bool) { self.init(value) }
}

extension Tensor: ExpressibleByArrayLiteral {
  /// A tensor of the nested literal's shape: `[[1, 2], [3, 4]]` has shape [2, 2].
  public init(arrayLiteral elements: TensorLiteral<Scalar>...) { self.init(TensorLiteral(elements)) }

  init(_ literal: TensorLiteral<Scalar>) { self.init(literal.scalars, shape: literal.shape) }
}

extension Tensor: ExpressibleByIntegerLiteral where Scalar: ExpressibleByIntegerLiteral {
  /// A scalar tensor.
  public init(integerLiteral value: Scalar.IntegerLiteralType) { self.init(Scalar(integerLiteral: value)) }
}

extension Tensor: ExpressibleByFloatLiteral where Scalar: ExpressibleByFloatLiteral {
  /// A scalar tensor.
  public init(floatLiteral value: Scalar.FloatLiteralType) { self.init(Scalar(floatLiteral: value)) }
}

extension Tensor: ExpressibleByBooleanLiteral where Scalar == Bool {
  /// A scalar tensor.
  public init(booleanLiteral value: Bool) { self.init(value) }
}
