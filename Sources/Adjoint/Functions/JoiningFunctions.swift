// Softmax and its kin, what takes a list, and products, before their arguments; which functions stand here is said in Documentation/architecture.md.

// Disfavored, so that a literal is a number first: otherwise exp(1.0) + log(2.0) + … takes the compiler seconds.

/// e^x over its sum along an axis: ``Tensor/softmax(axis:)``.
@_disfavoredOverload
public func softmax<Scalar: TensorFloatingPoint>(_ x: Tensor<Scalar>, axis: Int) -> Tensor<Scalar> {
  x.softmax(axis: axis)
}

/// The logarithm of the softmax: ``Tensor/logSoftmax(axis:)``.
@_disfavoredOverload
public func logSoftmax<Scalar: TensorFloatingPoint>(_ x: Tensor<Scalar>, axis: Int) -> Tensor<Scalar> {
  x.logSoftmax(axis: axis)
}

/// The softmax of −x: ``Tensor/softmin(axis:)``.
@_disfavoredOverload
public func softmin<Scalar: TensorFloatingPoint>(_ x: Tensor<Scalar>, axis: Int) -> Tensor<Scalar> {
  x.softmin(axis: axis)
}

/// The logarithm of the sum of e^x along an axis: ``Tensor/logSumExp(axis:keepingDimensions:)``.
@_disfavoredOverload
public func logSumExp<Scalar: TensorFloatingPoint>(
  _ x: Tensor<Scalar>, axis: Int, keepingDimensions: Bool = false
) -> Tensor<Scalar> {
  x.logSumExp(axis: axis, keepingDimensions: keepingDimensions)
}

/// Tensors one after the other along an axis that they have: ``Tensor/concatenate(_:axis:)``.
@_disfavoredOverload
public func concatenate<Scalar>(_ parts: [Tensor<Scalar>], axis: Int = 0) -> Tensor<Scalar> {
  Tensor.concatenate(parts, axis: axis)
}

/// Tensors of one shape side by side along a new axis: ``Tensor/stack(_:axis:)``.
@_disfavoredOverload
public func stack<Scalar>(_ parts: [Tensor<Scalar>], axis: Int = 0) -> Tensor<Scalar> {
  Tensor.stack(parts, axis: axis)
}

/// A sum of products as Einstein writes it: `Tensor.einsum(_:_:)`.
@_disfavoredOverload
public func einsum<Scalar: TensorNumber>(_ equation: String, _ tensors: Tensor<Scalar>...) -> Tensor<Scalar> {
  Tensor.einsum(equation, tensors)
}

/// The matrix product: ``Tensor/matmul(_:)``.
@_disfavoredOverload
public func matmul<Scalar: TensorNumber>(_ a: Tensor<Scalar>, _ b: Tensor<Scalar>) -> Tensor<Scalar> {
  a.matmul(b)
}

/// The product of two vectors: ``Tensor/dot(_:)``.
@_disfavoredOverload
public func dot<Scalar: TensorNumber>(_ a: Tensor<Scalar>, _ b: Tensor<Scalar>) -> Tensor<Scalar> { a.dot(b) }

/// All products of an element of each vector: ``Tensor/outer(_:)``.
@_disfavoredOverload
public func outer<Scalar: TensorNumber>(_ a: Tensor<Scalar>, _ b: Tensor<Scalar>) -> Tensor<Scalar> {
  a.outer(b)
}
