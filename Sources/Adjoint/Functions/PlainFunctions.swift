// Signs, rounding, remainders and choices before their argument, as exp(x) for x.exp(); which functions stand here is said in Documentation/architecture.md.

// Disfavored, so that a literal is a number first: otherwise exp(1.0) + log(2.0) + … takes the compiler seconds.

/// |x| with the sign of `sign`, which may be that of a zero: `Tensor.copysign(_:)`.
@_disfavoredOverload
public func copysign<Scalar: TensorFloatingPoint>(_ x: Tensor<Scalar>, _ sign: Tensor<Scalar>) -> Tensor<Scalar> {
  x.copysign(sign)
}

/// |x| with the sign of a number: `Tensor.copysign(_:)`.
public func copysign<Scalar: TensorFloatingPoint>(_ x: Tensor<Scalar>, _ sign: Scalar) -> Tensor<Scalar> {
  x.copysign(sign)
}

/// |x|, element by element: ``Tensor/abs()``.
@_disfavoredOverload
public func abs<Scalar: TensorNumber>(_ x: Tensor<Scalar>) -> Tensor<Scalar> {
  x.abs()
}

/// −1, 0 or 1, element by element: ``Tensor/sign()``.
@_disfavoredOverload
public func sign<Scalar: TensorNumber>(_ x: Tensor<Scalar>) -> Tensor<Scalar> {
  x.sign()
}

/// The larger of the two, element by element: `Tensor.maximum(_:_:)`.
@_disfavoredOverload
public func maximum<Scalar: TensorNumber>(_ a: Tensor<Scalar>, _ b: Tensor<Scalar>) -> Tensor<Scalar> {
  Tensor.maximum(a, b)
}

/// The larger of each element and a number: `Tensor.maximum(_:_:)`.
public func maximum<Scalar: TensorNumber>(_ a: Tensor<Scalar>, _ b: Scalar) -> Tensor<Scalar> {
  Tensor.maximum(a, b)
}

/// The smaller of the two, element by element: `Tensor.minimum(_:_:)`.
@_disfavoredOverload
public func minimum<Scalar: TensorNumber>(_ a: Tensor<Scalar>, _ b: Tensor<Scalar>) -> Tensor<Scalar> {
  Tensor.minimum(a, b)
}

/// The smaller of each element and a number: `Tensor.minimum(_:_:)`.
public func minimum<Scalar: TensorNumber>(_ a: Tensor<Scalar>, _ b: Scalar) -> Tensor<Scalar> {
  Tensor.minimum(a, b)
}

/// What is left of x after whole multiples of `other`, with the sign of `other`, as Python's `%`: `Tensor.remainder(_:)`.
@_disfavoredOverload
public func remainder<Scalar: TensorNumber>(_ x: Tensor<Scalar>, _ other: Tensor<Scalar>) -> Tensor<Scalar> {
  x.remainder(other)
}

/// What is left of x after whole multiples of a number, with the number's sign: `Tensor.remainder(_:)`.
public func remainder<Scalar: TensorNumber>(_ x: Tensor<Scalar>, _ other: Scalar) -> Tensor<Scalar> {
  x.remainder(other)
}

/// What is left of x after whole multiples of `other`, with the sign of x, as C's `fmod` and Swift's `%`: `Tensor.fmod(_:)`.
@_disfavoredOverload
public func fmod<Scalar: TensorNumber>(_ x: Tensor<Scalar>, _ other: Tensor<Scalar>) -> Tensor<Scalar> {
  x.fmod(other)
}

/// What is left of x after whole multiples of a number, with the sign of x: `Tensor.fmod(_:)`.
public func fmod<Scalar: TensorNumber>(_ x: Tensor<Scalar>, _ other: Scalar) -> Tensor<Scalar> {
  x.fmod(other)
}

/// The elements with NaN, +∞ and −∞ replaced: ``Tensor/nanToNum(nan:positiveInfinity:negativeInfinity:)``.
@_disfavoredOverload
public func nanToNum<Scalar: TensorFloatingPoint>(
  _ x: Tensor<Scalar>, nan: Scalar = 0, positiveInfinity: Scalar? = nil, negativeInfinity: Scalar? = nil
) -> Tensor<Scalar> {
  x.nanToNum(nan: nan, positiveInfinity: positiveInfinity, negativeInfinity: negativeInfinity)
}

/// x − trunc(x), element by element, with the sign of x: ``Tensor/frac()``.
@_disfavoredOverload
public func frac<Scalar: TensorFloatingPoint>(_ x: Tensor<Scalar>) -> Tensor<Scalar> {
  x.frac()
}

/// Angles in degrees as radians: ``Tensor/degreesToRadians()``.
@_disfavoredOverload
public func degreesToRadians<Scalar: TensorFloatingPoint>(_ x: Tensor<Scalar>) -> Tensor<Scalar> {
  x.degreesToRadians()
}

/// Angles in radians as degrees: ``Tensor/radiansToDegrees()``.
@_disfavoredOverload
public func radiansToDegrees<Scalar: TensorFloatingPoint>(_ x: Tensor<Scalar>) -> Tensor<Scalar> {
  x.radiansToDegrees()
}

/// The larger of the two, element by element: ``Tensor/fmax(_:_:)``.
@_disfavoredOverload
public func fmax<Scalar: TensorNumber>(_ a: Tensor<Scalar>, _ b: Tensor<Scalar>) -> Tensor<Scalar> {
  Tensor.fmax(a, b)
}

/// The smaller of the two, element by element: ``Tensor/fmin(_:_:)``.
@_disfavoredOverload
public func fmin<Scalar: TensorNumber>(_ a: Tensor<Scalar>, _ b: Tensor<Scalar>) -> Tensor<Scalar> {
  Tensor.fmin(a, b)
}

/// 0 where x < 0, 1 where x > 0, and `values` where x is 0: ``Tensor/heaviside(_:)``.
@_disfavoredOverload
public func heaviside<Scalar: TensorNumber>(_ x: Tensor<Scalar>, _ values: Tensor<Scalar>) -> Tensor<Scalar> {
  x.heaviside(values)
}

/// Whether the sign bit is set: ``Tensor/signBit()``.
@_disfavoredOverload
public func signBit<Scalar: TensorNumber>(_ x: Tensor<Scalar>) -> Tensor<Bool> {
  x.signBit()
}

/// The largest integer ≤ x, element by element: ``Tensor/floor()``.
@_disfavoredOverload
public func floor<Scalar: TensorFloatingPoint>(_ x: Tensor<Scalar>) -> Tensor<Scalar> {
  x.floor()
}

/// The smallest integer ≥ x, element by element: ``Tensor/ceil()``.
@_disfavoredOverload
public func ceil<Scalar: TensorFloatingPoint>(_ x: Tensor<Scalar>) -> Tensor<Scalar> {
  x.ceil()
}

/// The nearest integer, element by element: ``Tensor/round()``.
@_disfavoredOverload
public func round<Scalar: TensorFloatingPoint>(_ x: Tensor<Scalar>) -> Tensor<Scalar> {
  x.round()
}
