// Special functions before their argument, as exp(x) for x.exp(); which functions stand here is said in Documentation/architecture.md.

// Disfavored, so that a literal is a number first: otherwise exp(1.0) + log(2.0) + … takes the compiler seconds.

/// The modified Bessel function of the first kind of order 0, element by element: ``Tensor/besselI0()``.
@_disfavoredOverload
public func besselI0<Scalar: TensorFloatingPoint>(_ x: Tensor<Scalar>) -> Tensor<Scalar> {
  x.besselI0()
}

/// e^(−|x|)·I₀(x), element by element, which does not overflow: ``Tensor/scaledBesselI0()``.
@_disfavoredOverload
public func scaledBesselI0<Scalar: TensorFloatingPoint>(_ x: Tensor<Scalar>) -> Tensor<Scalar> {
  x.scaledBesselI0()
}

/// The modified Bessel function of the first kind of order 1, element by element: ``Tensor/besselI1()``.
@_disfavoredOverload
public func besselI1<Scalar: TensorFloatingPoint>(_ x: Tensor<Scalar>) -> Tensor<Scalar> {
  x.besselI1()
}

/// e^(−|x|)·I₁(x), element by element, which does not overflow: ``Tensor/scaledBesselI1()``.
@_disfavoredOverload
public func scaledBesselI1<Scalar: TensorFloatingPoint>(_ x: Tensor<Scalar>) -> Tensor<Scalar> {
  x.scaledBesselI1()
}

/// The error function 2/√π · ∫₀ˣ e^(−t²) dt, element by element: ``Tensor/erf()``.
@_disfavoredOverload
public func erf<Scalar: TensorFloatingPoint>(_ x: Tensor<Scalar>) -> Tensor<Scalar> {
  x.erf()
}

/// 1 − erf x, element by element, accurate where erf x is near 1: ``Tensor/erfc()``.
@_disfavoredOverload
public func erfc<Scalar: TensorFloatingPoint>(_ x: Tensor<Scalar>) -> Tensor<Scalar> {
  x.erfc()
}

/// ln |Γ(x)|, element by element: ``Tensor/logGamma()``.
@_disfavoredOverload
public func logGamma<Scalar: TensorFloatingPoint>(_ x: Tensor<Scalar>) -> Tensor<Scalar> {
  x.logGamma()
}

/// The digamma function ψ(x) = d/dx ln Γ(x), element by element: ``Tensor/digamma()``.
@_disfavoredOverload
public func digamma<Scalar: TensorFloatingPoint>(_ x: Tensor<Scalar>) -> Tensor<Scalar> {
  x.digamma()
}

/// The nth derivative of the digamma function, element by element: ``Tensor/polygamma(order:)``.
@_disfavoredOverload
public func polygamma<Scalar: TensorFloatingPoint>(_ x: Tensor<Scalar>, order: Int) -> Tensor<Scalar> {
  x.polygamma(order: order)
}

/// The inverse of the error function, element by element: ``Tensor/erfinv()``.
@_disfavoredOverload
public func erfinv<Scalar: TensorFloatingPoint>(_ x: Tensor<Scalar>) -> Tensor<Scalar> {
  x.erfinv()
}

/// e^(x²)·erfc x, element by element, which neither overflows nor vanishes for large x: ``Tensor/erfcx()``.
@_disfavoredOverload
public func erfcx<Scalar: TensorFloatingPoint>(_ x: Tensor<Scalar>) -> Tensor<Scalar> {
  x.erfcx()
}

/// The normal distribution function Φ(x), element by element, by erfc: ``Tensor/ndtr()``.
@_disfavoredOverload
public func ndtr<Scalar: TensorFloatingPoint>(_ x: Tensor<Scalar>) -> Tensor<Scalar> {
  x.ndtr()
}

/// ln Φ(x) of the normal distribution function, element by element, for x of any size: ``Tensor/logNdtr()``.
@_disfavoredOverload
public func logNdtr<Scalar: TensorFloatingPoint>(_ x: Tensor<Scalar>) -> Tensor<Scalar> {
  x.logNdtr()
}

/// sin(πx) / (πx), element by element, and 1 at 0: ``Tensor/sinc()``.
@_disfavoredOverload
public func sinc<Scalar: TensorFloatingPoint>(_ x: Tensor<Scalar>) -> Tensor<Scalar> {
  x.sinc()
}
