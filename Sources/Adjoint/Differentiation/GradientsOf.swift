@_spi(Engine) import AdjointKernels

/// The gradients of a result with respect to some tensors, without touching anybody's `grad`.
///
/// ```swift
/// let x = Tensor<Double>([1, 2, 3], requiresGrad: true)
/// let y = x * x
/// let loss = (y * y).sum()
/// let slopes = gradients(of: loss, withRespectTo: [x, y])  // 4·x³ and 2·y; x.grad is still nil
/// ```
///
/// An input may be a leaf or a result on the way. One that the output is computed from, but without any slope (through
/// `sign`, say), has a gradient of zeros; one that the output is not computed from is an error, unless the form with
/// `allowUnused` is called.
///
/// - Parameters:
///   - output: what to differentiate; released as by `backward()`, unless the graph is retained.
///   - inputs: tensors that require a gradient, at least one.
///   - gradient: the cotangent of the output, in its shape; may be left out for an output of one element.
///   - createGraph: record the gradients' own graph, for derivatives of higher order.
///   - retainGraph: keep the output's graph for another call; by default as `createGraph`.
/// - Returns: a gradient per input, in the input's shape.
/// - Complexity: about two to three times the cost of the output, in one fused evaluation; what leads to none of the inputs
///   costs nothing.
public func gradients<Scalar: TensorFloatingPoint>(
  of output: Tensor<Scalar>, withRespectTo inputs: [Tensor<Scalar>], gradient: Tensor<Scalar>? = nil,
  createGraph: Bool = false, retainGraph: Bool? = nil
) -> [Tensor<Scalar>] {
  gradients(
    of: [output], withRespectTo: inputs, gradient: [gradient], createGraph: createGraph, retainGraph: retainGraph)
}

/// The gradients of a result with respect to some tensors; nil for a tensor that the result is not computed from, if
/// `allowUnused`.
public func gradients<Scalar: TensorFloatingPoint>(
  of output: Tensor<Scalar>, withRespectTo inputs: [Tensor<Scalar>], gradient: Tensor<Scalar>? = nil,
  createGraph: Bool = false, retainGraph: Bool? = nil, allowUnused: Bool
) -> [Tensor<Scalar>?] {
  gradients(
    of: [output], withRespectTo: inputs, gradient: [gradient], createGraph: createGraph, retainGraph: retainGraph,
    allowUnused: allowUnused)
}

/// The gradients of the sum of several results, each with its own cotangent: Σ Jᵢᵀ·gradientᵢ, in one pass.
///
/// `gradient` has an element per output; nil, or none at all, stands for the 1 of an output of one element.
public func gradients<Scalar: TensorFloatingPoint>(
  of outputs: [Tensor<Scalar>], withRespectTo inputs: [Tensor<Scalar>], gradient: [Tensor<Scalar>?]? = nil,
  createGraph: Bool = false, retainGraph: Bool? = nil
) -> [Tensor<Scalar>] {
  gradients(
    of: outputs, withRespectTo: inputs, gradient: gradient, createGraph: createGraph, retainGraph: retainGraph,
    allowUnused: false
  ).map { $0! }
}

/// The gradients of the sum of several results; nil for a tensor that none of them is computed from, if `allowUnused`.
public func gradients<Scalar: TensorFloatingPoint>(
  of outputs: [Tensor<Scalar>], withRespectTo inputs: [Tensor<Scalar>], gradient: [Tensor<Scalar>?]? = nil,
  createGraph: Bool = false, retainGraph: Bool? = nil, allowUnused: Bool
) -> [Tensor<Scalar>?] {
  let roots = GradientRequest.roots(outputs, gradient)
  GradientRequest.check(inputs)
  let targets = inputs.map(\.node)
  var releasesGraph = !(retainGraph ?? createGraph)
  let found = Walk.borrow { tape in
    tape.go(from: roots.lazy.map(\.0), .tape)
    if releasesGraph && OpenInputs.areReached(by: tape) { releasesGraph = false }
    return GradientMode.$isEnabled.withValue(createGraph) {
      Backward.cotangents(roots, on: tape, targets: targets) { _, _ in }.map { $0?.asOwnGradient }
    }
  }
  let unreached = found.contains { $0 == nil } ? targetsOutside(roots.map(\.0), targets) : []
  let results: [Node?] = zip(found, targets).enumerated().map { index, pair in
    let (gradient, target) = pair
    if let gradient { return gradient }
    if !unreached.contains(ObjectIdentifier(target)) { return Expression.full(0, target.type, target.shape).node }
    if allowUnused { return nil }
    fatalError(
      "gradients: input \(index) of shape \(target.shape) is not part of what the outputs are computed from; pass "
        + "allowUnused: true to get nil for it")
  }
  Evaluation.evaluateAll(roots.map(\.0) + results.compactMap { $0 }, releasesGraph: releasesGraph)
  if releasesGraph { for (root, _) in roots where !root.isTapeEnd { root.releaseGraph() } }
  return results.map { $0.map { Tensor($0) } }
}

/// The targets that none of the roots is computed from.
private func targetsOutside(_ roots: [Node], _ targets: [Node]) -> Set<ObjectIdentifier> {
  Walk.borrow { tape in
    tape.go(from: roots, .tape)
    return Set(targets.lazy.filter { tape[$0] == nil }.map { ObjectIdentifier($0) })
  }
}

/// What `gradients(of:withRespectTo:)` is asked for, checked.
private enum GradientRequest {
  /// The outputs with their cotangents.
  static func roots<Scalar: TensorFloatingPoint>(
    _ outputs: [Tensor<Scalar>], _ gradients: [Tensor<Scalar>?]?
  ) -> [(Node, Expression)] {
    if outputs.isEmpty { fatalError("gradients: there are no outputs; at least one is needed") }
    if let gradients, gradients.count != outputs.count {
      fatalError(
        "gradients: \(gradients.count) gradients for \(outputs.count) outputs; there must be one for each (nil for the 1 "
          + "of an output of one element)")
    }
    return outputs.enumerated().map { index, output in
      output.checkTracked("gradients")
      guard let gradient = gradients?[index] else {
        guard output.count == 1 else {
          fatalError(
            "gradients: output \(index) has shape \(output.shape), and only a tensor of one element has an implicit "
              + "gradient; reduce it first (sum(), mean()) or give its gradient")
        }
        return (output.node, Expression(1, Scalar.elementType))
      }
      guard gradient.shape == output.shape else {
        fatalError(
          "gradients: the gradient has shape \(gradient.shape) and output \(index) has shape \(output.shape); the two "
            + "must be equal")
      }
      return (output.node, gradient.expression)
    }
  }

  static func check<Scalar: TensorFloatingPoint>(_ inputs: [Tensor<Scalar>]) {
    if inputs.isEmpty { fatalError("gradients: there are no inputs; at least one is needed") }
    for (index, input) in inputs.enumerated() where !input.requiresGrad {
      fatalError(
        "gradients: input \(index) of shape \(input.shape) does not require a gradient; set requiresGrad on it before "
          + "the outputs are computed from it")
    }
  }
}

extension Expression {
  /// A gradient as a tensor of its own: ∂(w·x)/∂w is x, but later updates of a leaf x must not reach it, and it is
  /// tracked only where its graph was asked for.
  var asOwnGradient: Node {
    guard let node else { return asNode }
    if GradientMode.isEnabled && node.tracking == .tracked {
      return node.isTapeEnd ? Source.input.record(type, node.shape, self).asNode : node
    }
    guard node.tracking != .none || node.isTapeEnd else { return node }
    return Source.detached.record(type, node.shape, self).asNode
  }
}
