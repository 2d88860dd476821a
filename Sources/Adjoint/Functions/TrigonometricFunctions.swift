// Circular and hyperbolic functions before their argument, as exp(x) for x.exp(); which functions stand here is said in Documentation/architecture.md.

// Disfavored, so that a literal is a number first: otherwise exp(1.0) + log(2.0) + … takes the compiler seconds.

/// The hyperbolic sine, element by element: ``Tensor/sinh()``.
@_disfavoredOverload
public func sinh<Scalar: TensorFloatingPoint>(_ x: Tensor<Scalar>) -> Tensor<Scalar> {
  x.sinh()
}

/// The hyperbolic cosine, element by element: ``Tensor/cosh()``.
@_disfavoredOverload
public func cosh<Scalar: TensorFloatingPoint>(_ x: Tensor<Scalar>) -> Tensor<Scalar> {
  x.cosh()
}

/// The hyperbolic tangent, element by element: ``Tensor/tanh()``.
@_disfavoredOverload
public func tanh<Scalar: TensorFloatingPoint>(_ x: Tensor<Scalar>) -> Tensor<Scalar> {
  x.tanh()
}

/// The inverse hyperbolic sine, element by element: ``Tensor/asinh()``.
@_disfavoredOverload
public func asinh<Scalar: TensorFloatingPoint>(_ x: Tensor<Scalar>) -> Tensor<Scalar> {
  x.asinh()
}

/// The inverse hyperbolic cosine, element by element: ``Tensor/acosh()``.
@_disfavoredOverload
public func acosh<Scalar: TensorFloatingPoint>(_ x: Tensor<Scalar>) -> Tensor<Scalar> {
  x.acosh()
}

/// The inverse hyperbolic tangent, element by element: ``Tensor/atanh()``.
@_disfavoredOverload
public func atanh<Scalar: TensorFloatingPoint>(_ x: Tensor<Scalar>) -> Tensor<Scalar> {
  x.atanh()
}

/// The angle of the point (x, y) in −π...π, element by element: ``Tensor/atan2(_:_:)``.
@_disfavoredOverload
public func atan2<Scalar: TensorFloatingPoint>(_ y: Tensor<Scalar>, _ x: Tensor<Scalar>) -> Tensor<Scalar> {
  Tensor.atan2(y, x)
}

/// √(a² + b²), element by element, without overflow: ``Tensor/hypot(_:_:)``.
@_disfavoredOverload
public func hypot<Scalar: TensorFloatingPoint>(_ a: Tensor<Scalar>, _ b: Tensor<Scalar>) -> Tensor<Scalar> {
  Tensor.hypot(a, b)
}

/// The sine, element by element: ``Tensor/sin()``.
@_disfavoredOverload
public func sin<Scalar: TensorFloatingPoint>(_ x: Tensor<Scalar>) -> Tensor<Scalar> {
  x.sin()
}

/// The cosine, element by element: ``Tensor/cos()``.
@_disfavoredOverload
public func cos<Scalar: TensorFloatingPoint>(_ x: Tensor<Scalar>) -> Tensor<Scalar> {
  x.cos()
}

/// The tangent, element by element: ``Tensor/tan()``.
@_disfavoredOverload
public func tan<Scalar: TensorFloatingPoint>(_ x: Tensor<Scalar>) -> Tensor<Scalar> {
  x.tan()
}

/// The inverse sine, element by element, in −π/2...π/2: ``Tensor/asin()``.
@_disfavoredOverload
public func asin<Scalar: TensorFloatingPoint>(_ x: Tensor<Scalar>) -> Tensor<Scalar> {
  x.asin()
}

/// The inverse cosine, element by element, in 0...π: ``Tensor/acos()``.
@_disfavoredOverload
public func acos<Scalar: TensorFloatingPoint>(_ x: Tensor<Scalar>) -> Tensor<Scalar> {
  x.acos()
}

/// The inverse tangent, element by element: ``Tensor/atan()``.
@_disfavoredOverload
public func atan<Scalar: TensorFloatingPoint>(_ x: Tensor<Scalar>) -> Tensor<Scalar> {
  x.atan()
}
