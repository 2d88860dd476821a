/// x·Wᵀ + b.
enum LinearLayer {}

/// x·Wᵀ + b: a layer of a network with one row of W per output.
///
/// `x` ends in an axis of the inputs, `weight` has the shape [outputs, inputs] (or [inputs], for one output without an
/// axis of its own), `bias` has one element per output. The transpose costs no copy.
public func linear<Scalar: TensorFloatingPoint>(
  _ x: Tensor<Scalar>, _ weight: Tensor<Scalar>, _ bias: Tensor<Scalar>? = nil
) -> Tensor<Scalar> {
  guard x.rank >= 1, weight.rank == 1 || weight.rank == 2, x.shape.last == weight.shape.last else {
    fatalError(
      "linear: an input of shape \(x.shape) and a weight of shape \(weight.shape); the weight is [outputs, inputs] and "
        + "both must end in the same extent")
  }
  let product = Tensor<Scalar>(
    x.expression.matmul((weight.rank == 2 ? weight.transposed() : weight).expression, "linear"))
  guard let bias else { return product }
  guard product.shape.broadcast(with: bias.shape) == product.shape else {
    fatalError("linear: a bias of shape \(bias.shape) does not broadcast to the output's shape \(product.shape)")
  }
  return product + bias
}
