/// The same elements, where derivatives stop: gradient and tangent are zero.
///
/// The same as ``Tensor/detached()``, by JAX's name.
public func stopGradient<Scalar>(_ x: Tensor<Scalar>) -> Tensor<Scalar> where Scalar: TensorFloatingPoint {
  x.detached()
}

/// The value of a function with the derivative of the identity: the straight-through estimator for rounding, signs and
/// other steps whose own derivative is zero almost everywhere.
///
/// ```swift
/// let quantized = straightThrough(x) { ($0 * 8).round() / 8 }
/// ```
///
/// The function keeps the shape. Derivative: g and t pass unchanged. Source: Bengio, Léonard and Courville, 2013.
public func straightThrough<Scalar: TensorFloatingPoint>(
  _ x: Tensor<Scalar>, _ function: @escaping @Sendable (Tensor<Scalar>) -> Tensor<Scalar>
) -> Tensor<Scalar> {
  let operation = CustomOperation<Scalar>(
    "straightThrough",
    forward: { x in
      let y = function(x[0])
      guard y.shape == x[0].shape else {
        fatalError(
          "straightThrough: the function made shape \(y.shape) of shape \(x[0].shape); it must keep the shape, for the "
            + "gradient passes unchanged")
      }
      return y
    }, vectorJacobianProduct: { _, _, g in [g] }, jacobianVectorProduct: { _, _, t in t[0]! })
  return operation(x)
}
