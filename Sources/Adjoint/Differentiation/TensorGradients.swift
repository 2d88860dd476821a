import AdjointKernels
import CKernels

extension Tensor where Scalar: TensorFloatingPoint {
  /// Whether operations on this tensor are tracked for differentiation.
  ///
  /// Set it on leaves: tensors that were made, not computed from tracked ones. Setting it to false on a result is
  /// an error, as in PyTorch; use ``detached()``.
  public var requiresGrad: Bool {
    get { node.tracking != .none }
    nonmutating set {
      if newValue == requiresGrad { return }
      guard isLeaf else {
        fatalError(
          "requiresGrad: only leaves can be changed, and this tensor is the result of \(node.operation.name); use "
            + "detached() for a tensor with the same elements that is not tracked")
      }
      // A result that was not tracked becomes a leaf with the value that it has.
      _ = node.evaluated()
      node.setTracking(newValue ? .tracked : .none)
      if newValue { node.markStart() }
    }
  }

  /// Whether the tensor was made by the user, or computed without tracking; only leaves collect gradients unless
  /// ``retainGrad()`` asks for it.
  public var isLeaf: Bool { node.isLeaf }

  /// The gradient that `backward` has added up, or nil. Setting it replaces it; nil forgets it.
  public var grad: Tensor? {
    get {
      let gradient = node.leafState?.gradient
      // A result has one too that was among the inputs of a `backward(inputs:)`.
      if gradient == nil && !node.isLeaf && !node.collectsGradient {
        fatalError(
          "grad: this tensor is the result of \(node.operation.name), not a leaf, and its gradient is not kept; call "
            + "retainGrad() on it before backward() to keep it")
      }
      return gradient.map { Tensor($0) }
    }
    nonmutating set {
      if let newValue, newValue.shape != shape {
        fatalError("grad: a gradient of shape \(newValue.shape) for a tensor of shape \(shape); the two must be equal")
      }
      node.makeLeafState().gradient = newValue?.node
    }
  }

  /// Keeps the gradient of a result that is not a leaf, from the next `backward` on.
  public func retainGrad() {
    guard requiresGrad else {
      fatalError("retainGrad: this tensor does not require a gradient, so none will ever be computed for it")
    }
    node.markRetainsGrad()
  }

  /// Forgets the gradient, or sets it to zero.
  public func zeroGrad(setToNil: Bool = true) {
    guard let state = node.leafState, state.gradient != nil else { return }
    state.gradient = setToNil ? nil : Expression.full(0, Scalar.elementType, shape).node
  }

  /// The same elements, untracked. Nothing is copied.
  public func detached() -> Tensor { Tensor(expression.detached()) }

  /// Computes the gradient of this scalar with respect to every leaf it depends on, and adds it to each leaf's `grad`.
  ///
  /// - Parameters:
  ///   - retainGraph: keep the graph for another `backward` (otherwise this tensor's is released).
  ///   - createGraph: record the gradients' own graph, for derivatives of higher order. A leaf and that graph keep each
  ///     other alive until the leaf's `grad` is forgotten; `gradients(of:withRespectTo:)` leaves no such cycle.
  ///   - inputs: the only tensors whose gradient is added up, leaves or results; all leaves if nil.
  /// - Complexity: about two to three times the cost of the value, in one fused evaluation.
  public func backward(retainGraph: Bool? = nil, createGraph: Bool = false, inputs: [Tensor]? = nil) {
    checkTracked("backward")
    guard count == 1 else {
      fatalError(
        "backward: the tensor has shape \(shape), and only a tensor of one element has an implicit gradient; reduce it "
          + "first (sum(), mean()) or give the gradient: backward(gradient)")
    }
    Backward.run(
      node, seed: Expression(1, Scalar.elementType), retainGraph: retainGraph ?? createGraph, createGraph: createGraph,
      inputs: inputs == nil ? nil : checkedInputs(inputs!))
  }

  /// Adds the vector-Jacobian product Jᵀ·gradient to the `grad` of every leaf that this tensor depends on.
  ///
  /// `gradient` has this tensor's shape.
  public func backward(
    _ gradient: Tensor, retainGraph: Bool? = nil, createGraph: Bool = false, inputs: [Tensor]? = nil
  ) {
    checkTracked("backward")
    guard gradient.shape == shape else {
      fatalError(
        "backward: the gradient has shape \(gradient.shape) and the tensor has shape \(shape); the two must be equal")
    }
    Backward.run(
      node, seed: gradient.expression, retainGraph: retainGraph ?? createGraph, createGraph: createGraph,
      inputs: inputs == nil ? nil : checkedInputs(inputs!))
  }

  private func checkedInputs(_ inputs: [Tensor]) -> [Node] {
    if inputs.isEmpty { fatalError("backward: inputs is empty; leave it out to give every leaf its gradient") }
    for input in inputs where !input.requiresGrad {
      fatalError("backward: an input of shape \(input.shape) does not require a gradient; set requiresGrad on it first")
    }
    return inputs.map(\.node)
  }

  func checkTracked(_ operation: String) {
    switch node.tracking {
    case .tracked: return
    case .released:
      fatalError(
        "\(operation): the graph of this tensor was released by an earlier backward(); pass retainGraph: true to the "
          + "earlier call to go through it again")
    case .none:
      fatalError(
        "\(operation): this tensor does not require a gradient; make the leaves it is computed from with "
          + "requiresGrad: true, and compute it outside noGrad")
    }
  }
}

extension Expression {
  /// The same elements, untracked.
  func detached() -> Expression {
    guard let node, node.tracking != .none else { return self }
    if let value = value ?? node.value { return Expression(Node(value, type, shape)) }
    return Source.detached.record(type, shape, self)
  }
}
