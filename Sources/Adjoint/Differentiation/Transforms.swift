import AdjointKernels
import CKernels

/// The value of a function and its pullback: the map from a cotangent of the value to one of the input, v ↦ Jᵀ·v.
///
/// The pullback may be used any number of times.
public func vjp<Scalar: TensorFloatingPoint>(
  of function: (Tensor<Scalar>) throws -> Tensor<Scalar>, at x: Tensor<Scalar>
) rethrows -> (value: Tensor<Scalar>, pullback: @Sendable (Tensor<Scalar>) -> Tensor<Scalar>) {
  let input = x.tracedInput()
  let y = try enableGrad { try function(input) }
  let target = input.node
  return (
    y.detached(),
    { v in
      guard v.shape == y.shape else {
        fatalError(
          "vjp: the cotangent has shape \(v.shape) and the value has shape \(y.shape); the two must be equal")
      }
      let g = Backward.cotangents([(y.node, v.expression)], targets: [target]) { _, _ in }[0]
      return Tensor<Scalar>(g ?? .full(0, Scalar.elementType, target.shape))
    }
  )
}

/// The value of a function and its directional derivative J·tangent, by forward mode: one pass, nothing is kept.
public func jvp<Scalar: TensorFloatingPoint>(
  of function: (Tensor<Scalar>) throws -> Tensor<Scalar>, at x: Tensor<Scalar>, along tangent: Tensor<Scalar>
) rethrows -> (value: Tensor<Scalar>, tangent: Tensor<Scalar>) {
  guard tangent.shape == x.shape else {
    fatalError("jvp: the tangent has shape \(tangent.shape) and the input has shape \(x.shape); the two must be equal")
  }
  let input = x.tracedInput()
  let y = try enableGrad { try function(input) }
  let t = Forward.tangents(of: [y.node], along: [(input.node, tangent.expression)])[0]
  return (y.detached(), Tensor(t ?? .full(0, Scalar.elementType, y.shape)))
}

extension Tensor where Scalar: TensorFloatingPoint {
  /// The input of a function under differentiation: the same elements, tracked, and still part of an outer graph.
  func tracedInput() -> Tensor {
    let node = Input.operation.record(Scalar.elementType, shape, expression).asNode
    node.setTracking(.tracked)
    return Tensor(node)
  }
}

/// The identity, where a function's differentiation starts.
enum Input {
  static let operation = Operation("Input", .elementwise(CK_COPY), .linear { _, g in [g] })
}
