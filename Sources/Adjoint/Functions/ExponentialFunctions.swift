// Exponentials, logarithms, powers and roots before their argument, as exp(x) for x.exp(); which functions stand here is said in Documentation/architecture.md.

// Disfavored, so that a literal is a number first: otherwise exp(1.0) + log(2.0) + … takes the compiler seconds.

/// eˣ, element by element: ``Tensor/exp()``.
@_disfavoredOverload
public func exp<Scalar: TensorFloatingPoint>(_ x: Tensor<Scalar>) -> Tensor<Scalar> {
  x.exp()
}

/// 2ˣ, element by element: ``Tensor/exp2()``.
@_disfavoredOverload
public func exp2<Scalar: TensorFloatingPoint>(_ x: Tensor<Scalar>) -> Tensor<Scalar> {
  x.exp2()
}

/// eˣ − 1, element by element, accurate near 0 too: ``Tensor/expm1()``.
@_disfavoredOverload
public func expm1<Scalar: TensorFloatingPoint>(_ x: Tensor<Scalar>) -> Tensor<Scalar> {
  x.expm1()
}

/// x·ln y, element by element, and 0 where x is 0 (NaN where y is NaN): ``Tensor/xlogy(_:_:)``.
@_disfavoredOverload
public func xlogy<Scalar: TensorFloatingPoint>(_ x: Tensor<Scalar>, _ y: Tensor<Scalar>) -> Tensor<Scalar> {
  Tensor.xlogy(x, y)
}

/// ln(eᵃ + eᵇ), element by element, without overflow: ``Tensor/logAddExp(_:_:)``.
@_disfavoredOverload
public func logAddExp<Scalar: TensorFloatingPoint>(_ a: Tensor<Scalar>, _ b: Tensor<Scalar>) -> Tensor<Scalar> {
  Tensor.logAddExp(a, b)
}

/// The natural logarithm, element by element: ``Tensor/log()``.
@_disfavoredOverload
public func log<Scalar: TensorFloatingPoint>(_ x: Tensor<Scalar>) -> Tensor<Scalar> {
  x.log()
}

/// ln(1 + x), element by element, accurate near 0 too: ``Tensor/log1p()``.
@_disfavoredOverload
public func log1p<Scalar: TensorFloatingPoint>(_ x: Tensor<Scalar>) -> Tensor<Scalar> {
  x.log1p()
}

/// The logarithm to base 2, element by element: ``Tensor/log2()``.
@_disfavoredOverload
public func log2<Scalar: TensorFloatingPoint>(_ x: Tensor<Scalar>) -> Tensor<Scalar> {
  x.log2()
}

/// The logarithm to base 10, element by element: ``Tensor/log10()``.
@_disfavoredOverload
public func log10<Scalar: TensorFloatingPoint>(_ x: Tensor<Scalar>) -> Tensor<Scalar> {
  x.log10()
}

/// x², element by element: ``Tensor/square()``.
@_disfavoredOverload
public func square<Scalar: TensorNumber>(_ x: Tensor<Scalar>) -> Tensor<Scalar> {
  x.square()
}

/// xᵖ, element by element, as C's `pow`: `Tensor.power(_:)`.
public func power<Scalar: TensorNumber>(_ x: Tensor<Scalar>, _ exponent: Scalar) -> Tensor<Scalar> {
  x.power(exponent)
}

/// xᵖ with one exponent per element: `Tensor.power(_:)`.
@_disfavoredOverload
public func power<Scalar: TensorNumber>(_ x: Tensor<Scalar>, _ exponent: Tensor<Scalar>) -> Tensor<Scalar> {
  x.power(exponent)
}

/// A number to the power of each element: `Tensor.power(_:_:)`.
@_disfavoredOverload
public func power<Scalar: TensorNumber>(_ base: Scalar, _ exponent: Tensor<Scalar>) -> Tensor<Scalar> {
  Tensor.power(base, exponent)
}

/// −x·ln x, element by element: ``Tensor/entr()``.
@_disfavoredOverload
public func entr<Scalar: TensorFloatingPoint>(_ x: Tensor<Scalar>) -> Tensor<Scalar> {
  x.entr()
}

/// x·ln(1 + y), element by element, and 0 where x is 0 (NaN where y is NaN): ``Tensor/xlog1py(_:_:)``.
@_disfavoredOverload
public func xlog1py<Scalar: TensorFloatingPoint>(_ x: Tensor<Scalar>, _ y: Tensor<Scalar>) -> Tensor<Scalar> {
  Tensor.xlog1py(x, y)
}

/// ln(x / (1 − x)), element by element: ``Tensor/logit(epsilon:)``.
@_disfavoredOverload
public func logit<Scalar: TensorFloatingPoint>(_ x: Tensor<Scalar>, epsilon: Scalar? = nil) -> Tensor<Scalar> {
  x.logit(epsilon: epsilon)
}

/// log₂(2ᵃ + 2ᵇ), element by element, without overflow: ``Tensor/logAddExp2(_:_:)``.
@_disfavoredOverload
public func logAddExp2<Scalar: TensorFloatingPoint>(_ a: Tensor<Scalar>, _ b: Tensor<Scalar>) -> Tensor<Scalar> {
  Tensor.logAddExp2(a, b)
}

/// √x, element by element: ``Tensor/sqrt()``.
@_disfavoredOverload
public func sqrt<Scalar: TensorFloatingPoint>(_ x: Tensor<Scalar>) -> Tensor<Scalar> {
  x.sqrt()
}

/// 1/√x, element by element: ``Tensor/rsqrt()``.
@_disfavoredOverload
public func rsqrt<Scalar: TensorFloatingPoint>(_ x: Tensor<Scalar>) -> Tensor<Scalar> {
  x.rsqrt()
}

/// 1/x, element by element: ``Tensor/reciprocal()``.
@_disfavoredOverload
public func reciprocal<Scalar: TensorFloatingPoint>(_ x: Tensor<Scalar>) -> Tensor<Scalar> {
  x.reciprocal()
}
