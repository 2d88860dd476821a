import AdjointKernels

/// An operation with a derivative of the user's own.
///
/// ```swift
/// let softSign = CustomOperation<Float>(
///   "SoftSign",
///   forward: { x in x[0] / (x[0].abs() + 1) },
///   vectorJacobianProduct: { x, _, g in [g / (x[0].abs() + 1).square()] })
///
/// let y = softSign(x)
/// ```
///
/// With y = f(x₀, x₁, …), the vector-Jacobian product gives gᵀ·∂y/∂xᵢ for each operand, nil where it is zero; the optional
/// Jacobian-vector product gives Σ ∂y/∂xᵢ·tᵢ. Without one, forward mode transposes the vector-Jacobian product, which is linear
/// in g: it costs about as much again. Rules written with tensors differentiate again, to any order, as far as they
/// are right.
///
/// What a rule returns is checked in release builds too: as many gradients as operands, each in its operand's shape, a
/// tangent in the result's.
public struct CustomOperation<Scalar: TensorFloatingPoint>: Sendable {
  /// From the operands x, the result y and its cotangent g: the cotangents of the operands, nil for zero.
  public typealias VectorJacobianProduct =
    @Sendable (_ x: [Tensor<Scalar>], _ y: Tensor<Scalar>, _ g: Tensor<Scalar>) -> [Tensor<Scalar>?]
  /// From the operands x, the result y and the operands' tangents t, nil for zero: the tangent of the result.
  public typealias JacobianVectorProduct =
    @Sendable (_ x: [Tensor<Scalar>], _ y: Tensor<Scalar>, _ t: [Tensor<Scalar>?]) -> Tensor<Scalar>

  /// What messages and graphs call it.
  public let name: String
  private let value: @Sendable ([Tensor<Scalar>]) -> Expression
  private let rule: Rule

  /// An operation whose value is computed with tensors.
  ///
  /// `forward` runs at each call without tracking; like anything else it is evaluated only when it is needed.
  public init(
    _ name: String, forward: @escaping @Sendable (_ x: [Tensor<Scalar>]) -> Tensor<Scalar>,
    vectorJacobianProduct: @escaping VectorJacobianProduct, jacobianVectorProduct: JacobianVectorProduct? = nil
  ) {
    self.name = name
    value = { forward($0).expression }
    rule = CustomRule(name, vectorJacobianProduct, jacobianVectorProduct).rule
  }

  /// An operation whose elements are computed by a plain function of arrays, in row-major order.
  ///
  /// `shape` gives the result's shape from the operands'; `elements` is called when the value is needed, perhaps on
  /// another thread.
  public init(
    _ name: String, shape: @escaping @Sendable (_ x: [Shape]) -> Shape,
    elements: @escaping @Sendable (_ x: [[Scalar]]) -> [Scalar], vectorJacobianProduct: @escaping VectorJacobianProduct,
    jacobianVectorProduct: JacobianVectorProduct? = nil
  ) {
    self.name = name
    value = { x in
      let kernel = Operation(
        foreign: name,
        .opaque { call, values in
          let arrays = zip(values, call.operandShapes).map { value, shape in
            value.contiguous(call.type, shape).buffer.elements(Scalar.self, count: shape.elementCount)
          }
          let result = elements(arrays)
          guard result.count == call.shape.elementCount else {
            fatalError(
              "\(name): its function gave \(result.count) elements for a result of shape \(call.shape); it must give "
                + "\(call.shape.elementCount)")
          }
          return .of(result)
        }, .none)
      return kernel.record(Scalar.elementType, shape(x.map(\.shape)), Operands(x.map(\.expression)))
    }
    rule = CustomRule(name, vectorJacobianProduct, jacobianVectorProduct).rule
  }

  /// The operation's result.
  public func callAsFunction(_ x: Tensor<Scalar>...) -> Tensor<Scalar> { self(x) }

  /// The operation's result.
  public func callAsFunction(_ x: [Tensor<Scalar>]) -> Tensor<Scalar> {
    guard !x.isEmpty else { fatalError("\(name): called without operands; it needs at least one") }
    let y = noGrad { value(x) }
    // The result is its own first operand: it is not computed again, and fuses with its neighbours.
    let operation = Operation(foreign: name, .view { _, layout in layout }, rule)
    return Tensor(operation.record(y.type, y.shape, Operands([Expression(y.asNode)] + x.map(\.expression))))
  }
}

/// The engine's rule from a user's rules.
private struct CustomRule<Scalar: TensorFloatingPoint>: Sendable {
  typealias Custom = CustomOperation<Scalar>
  let name: String
  let vjp: Custom.VectorJacobianProduct
  let jvp: Custom.JacobianVectorProduct?

  init(_ name: String, _ vjp: @escaping Custom.VectorJacobianProduct, _ jvp: Custom.JacobianVectorProduct?) {
    self.name = name
    self.vjp = vjp
    self.jvp = jvp
  }

  var rule: Rule {
    .custom(
      jvp: { node, t in
        let x = node.x.dropFirst().map { Tensor<Scalar>($0) }
        let y = Tensor<Scalar>(node.y)
        let tangents = t.dropFirst().enumerated().map { index, t in
          t.map { Tensor<Scalar>($0.expanded(to: x[index].shape)) }
        }
        return pushforward(x, y, tangents)?.expression
      },
      vjp: { node, g in
        let x = node.x.dropFirst().map { Tensor<Scalar>($0) }
        return [nil] + pullback(x, Tensor(node.y), Tensor(g)).map { $0?.expression }
      })
  }

  private func pullback(_ x: [Tensor<Scalar>], _ y: Tensor<Scalar>, _ g: Tensor<Scalar>) -> [Tensor<Scalar>?] {
    let gradients = vjp(x, y, g)
    guard gradients.count == x.count else {
      fatalError(
        "\(name): its vectorJacobianProduct gave \(gradients.count) gradients for \(x.count) operands; it must give one "
          + "for each, nil for zero")
    }
    for (index, (gradient, operand)) in zip(gradients, x).enumerated() {
      guard let gradient, gradient.shape != operand.shape else { continue }
      fatalError(
        "\(name): its vectorJacobianProduct gave operand \(index) of shape \(operand.shape) a gradient of shape "
          + "\(gradient.shape); the two must be equal")
    }
    return gradients
  }

  private func pushforward(_ x: [Tensor<Scalar>], _ y: Tensor<Scalar>, _ t: [Tensor<Scalar>?]) -> Tensor<Scalar>? {
    if let jvp {
      let tangent = jvp(x, y, t)
      guard tangent.shape == y.shape else {
        fatalError(
          "\(name): its jacobianVectorProduct gave a result of shape \(y.shape) a tangent of shape \(tangent.shape); the "
            + "two must be equal")
      }
      return tangent
    }
    // g ↦ Σ ⟨vjp(g)ᵢ, tᵢ⟩ is linear in g, and its gradient is J·t.
    let present = t.indices.filter { t[$0] != nil }
    let transpose = linearTranspose(
      of: { (g: Tensor<Scalar>) in
        let gradients = pullback(x, y, g)
        return present.map { gradients[$0] ?? .zeros(x[$0].shape) }
      }, like: y)
    return transpose(present.map { t[$0]! })
  }
}
