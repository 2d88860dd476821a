// Activations before their argument, as exp(x) for x.exp(); which functions stand here is said in Documentation/architecture.md.

// Disfavored, so that a literal is a number first: otherwise exp(1.0) + log(2.0) + … takes the compiler seconds.

/// 1 / (1 + e⁻ˣ), element by element, without overflow: ``Tensor/sigmoid()``.
@_disfavoredOverload
public func sigmoid<Scalar: TensorFloatingPoint>(_ x: Tensor<Scalar>) -> Tensor<Scalar> {
  x.sigmoid()
}

/// ln(1 / (1 + e⁻ˣ)), element by element, as min(x, 0) − ln(1 + e^(−|x|)): ``Tensor/logSigmoid()``.
@_disfavoredOverload
public func logSigmoid<Scalar: TensorFloatingPoint>(_ x: Tensor<Scalar>) -> Tensor<Scalar> {
  x.logSigmoid()
}

/// max(x, 0), element by element: ``Tensor/relu()``.
@_disfavoredOverload
public func relu<Scalar: TensorFloatingPoint>(_ x: Tensor<Scalar>) -> Tensor<Scalar> {
  x.relu()
}

/// x · sigmoid(x), element by element: ``Tensor/silu()``.
@_disfavoredOverload
public func silu<Scalar: TensorFloatingPoint>(_ x: Tensor<Scalar>) -> Tensor<Scalar> {
  x.silu()
}

/// The elements limited to `min`...`max`: ``Tensor/hardTanh(min:max:)``.
@_disfavoredOverload
public func hardTanh<Scalar: TensorFloatingPoint>(_ x: Tensor<Scalar>, min: Scalar = -1, max: Scalar = 1) -> Tensor<
  Scalar
> {
  x.hardTanh(min: min, max: max)
}

/// The elements limited to 0...6: ``Tensor/relu6()``.
@_disfavoredOverload
public func relu6<Scalar: TensorFloatingPoint>(_ x: Tensor<Scalar>) -> Tensor<Scalar> {
  x.relu6()
}

/// x/6 + ½ limited to 0...1, element by element: ``Tensor/hardSigmoid()``.
@_disfavoredOverload
public func hardSigmoid<Scalar: TensorFloatingPoint>(_ x: Tensor<Scalar>) -> Tensor<Scalar> {
  x.hardSigmoid()
}

/// x·hardSigmoid x, element by element: ``Tensor/hardSwish()``.
@_disfavoredOverload
public func hardSwish<Scalar: TensorFloatingPoint>(_ x: Tensor<Scalar>) -> Tensor<Scalar> {
  x.hardSwish()
}

/// x − λ where x > λ, x + λ where x < −λ, and 0 between, element by element: ``Tensor/softShrink(threshold:)``.
@_disfavoredOverload
public func softShrink<Scalar: TensorFloatingPoint>(_ x: Tensor<Scalar>, threshold: Scalar = 0.5) -> Tensor<Scalar> {
  x.softShrink(threshold: threshold)
}

/// x where |x| > λ, and 0 elsewhere, element by element: ``Tensor/hardShrink(threshold:)``.
@_disfavoredOverload
public func hardShrink<Scalar: TensorFloatingPoint>(_ x: Tensor<Scalar>, threshold: Scalar = 0.5) -> Tensor<Scalar> {
  x.hardShrink(threshold: threshold)
}

/// x·Φ(x), element by element, with the normal distribution's Φ: ``Tensor/gelu(approximation:)``.
@_disfavoredOverload
public func gelu<Scalar: TensorFloatingPoint>(_ x: Tensor<Scalar>, approximation: GELUApproximation = .none) -> Tensor<
  Scalar
> {
  x.gelu(approximation: approximation)
}

/// x where x > 0 and `negativeSlope`·x elsewhere, element by element: ``Tensor/leakyRelu(negativeSlope:)``.
@_disfavoredOverload
public func leakyRelu<Scalar: TensorFloatingPoint>(_ x: Tensor<Scalar>, negativeSlope: Scalar = 0.01) -> Tensor<Scalar>
{
  x.leakyRelu(negativeSlope: negativeSlope)
}

/// x where x > 0 and α·(eˣ − 1) elsewhere, element by element: ``Tensor/elu(alpha:)``.
@_disfavoredOverload
public func elu<Scalar: TensorFloatingPoint>(_ x: Tensor<Scalar>, alpha: Scalar = 1) -> Tensor<Scalar> {
  x.elu(alpha: alpha)
}

/// x where x > 0 and α·(e^(x/α) − 1) elsewhere, element by element: ``Tensor/celu(alpha:)``.
@_disfavoredOverload
public func celu<Scalar: TensorFloatingPoint>(_ x: Tensor<Scalar>, alpha: Scalar = 1) -> Tensor<Scalar> {
  x.celu(alpha: alpha)
}

/// λ·x where x > 0 and λ·α·(eˣ − 1) elsewhere: ``Tensor/selu()``.
@_disfavoredOverload
public func selu<Scalar: TensorFloatingPoint>(_ x: Tensor<Scalar>) -> Tensor<Scalar> {
  x.selu()
}

/// x·tanh(ln(1 + eˣ)), element by element: ``Tensor/mish()``.
@_disfavoredOverload
public func mish<Scalar: TensorFloatingPoint>(_ x: Tensor<Scalar>) -> Tensor<Scalar> {
  x.mish()
}

/// x / (1 + |x|), element by element: ``Tensor/softsign()``.
@_disfavoredOverload
public func softsign<Scalar: TensorFloatingPoint>(_ x: Tensor<Scalar>) -> Tensor<Scalar> {
  x.softsign()
}

/// x − tanh x, element by element: ``Tensor/tanhShrink()``.
@_disfavoredOverload
public func tanhShrink<Scalar: TensorFloatingPoint>(_ x: Tensor<Scalar>) -> Tensor<Scalar> {
  x.tanhShrink()
}

/// The first half along an axis times the sigmoid of the second half: ``Tensor/glu(axis:)``.
@_disfavoredOverload
public func glu<Scalar: TensorFloatingPoint>(_ x: Tensor<Scalar>, axis: Int = -1) -> Tensor<Scalar> {
  x.glu(axis: axis)
}

/// x where x > 0 and weight·x elsewhere, with one weight for all elements or one for each position of axis 1: ``Tensor/prelu(_:)``.
@_disfavoredOverload
public func prelu<Scalar: TensorFloatingPoint>(_ x: Tensor<Scalar>, _ weight: Tensor<Scalar>) -> Tensor<Scalar> {
  x.prelu(weight)
}

/// ln(1 + e^(βx)) / β, element by element, and x itself where βx is above the threshold: ``Tensor/softplus(beta:threshold:)``.
@_disfavoredOverload
public func softplus<Scalar: TensorFloatingPoint>(_ x: Tensor<Scalar>, beta: Scalar = 1, threshold: Scalar = 20)
  -> Tensor<Scalar>
{
  x.softplus(beta: beta, threshold: threshold)
}
