import AdjointKernels

/// What somebody wants done with a node's gradient.
struct GradientHook: Sendable {
  enum Action: Sendable {
    /// Sees the complete gradient on its way, and may replace it.
    case intercept(@Sendable (Node) -> Node?)
    /// Runs once the gradient has been added to the leaf's.
    case afterAccumulation(@Sendable (Node) -> Void)
  }

  let number: Int
  let action: Action

  /// The gradient of a node after its hooks, in the order of their registration.
  static func run(on node: Node, _ g: Expression) -> Expression {
    var current: Node?
    var isReplaced = false
    for case .intercept(let body) in node.leafState?.hooks.map(\.action) ?? [] {
      let seen = current ?? g.expanded(to: node.shape).asOwnGradient
      current = seen
      guard let replacement = body(seen) else { continue }
      guard replacement.shape == node.shape else {
        fatalError(
          "registerHook: a hook replaces the gradient of \(node.operation.name) by one of shape \(replacement.shape), and "
            + "the tensor has shape \(node.shape); the two must be equal")
      }
      current = replacement
      isReplaced = true
    }
    // What nobody replaced stays the number or the small array that it may be.
    return isReplaced ? Expression(current!) : g
  }

  static func runAfterAccumulation(on leaves: [Node], createGraph: Bool) {
    if leaves.isEmpty { return }
    GradientMode.$isEnabled.withValue(createGraph) {
      for leaf in leaves {
        for case .afterAccumulation(let body) in leaf.leafState?.hooks.map(\.action) ?? [] { body(leaf) }
      }
    }
  }
}

/// A registered hook, to take it away again.
///
/// It does not keep the tensor alive, and letting go of it changes nothing: a hook stays until ``remove()``.
public struct HookHandle: Sendable {
  private weak let node: Node?
  private let number: Int

  fileprivate init(_ node: Node, _ action: GradientHook.Action) {
    self.node = node
    number = node.makeLeafState().addHook(action, marking: node)
  }

  /// Takes the hook away; the second time it does nothing.
  public func remove() {
    guard let node else { return }
    node.makeLeafState().removeHook(number, marking: node)
  }
}

extension Tensor where Scalar: TensorFloatingPoint {
  /// Calls `hook` with this tensor's gradient whenever one is computed, and goes on with what it returns, unless that is
  /// nil.
  ///
  /// ```swift
  /// let handle = x.registerHook { gradient in gradient.clamped(min: -1, max: 1) }
  /// loss.backward()
  /// handle.remove()
  /// ```
  ///
  /// The hook sees the complete gradient: every contribution is in it. Leaves and results can have hooks; several run
  /// in the order of their registration, each with what the one before returned, and before the gradient is kept in
  /// ``grad`` or passed on. They run in `backward`, in `gradients(of:withRespectTo:)` and wherever else reverse
  /// mode passes, but not for a tensor that no gradient reaches.
  ///
  /// A hook that captures its own tensor keeps it alive until it is removed.
  ///
  /// Operations in a hook are tracked only if the graph of the gradients is asked for (`createGraph: true`). A hook
  /// may run in any task that computes gradients. Reading elements of the gradient evaluates it then and there, and in a
  /// `jacobian` of all rows at once it has no elements of its own yet: a hook that only computes is always right.
  @discardableResult
  public func registerHook(_ hook: @escaping @Sendable (Tensor) -> Tensor?) -> HookHandle {
    guard requiresGrad else {
      fatalError(
        "registerHook: this tensor does not require a gradient, so none will ever be computed for it; set requiresGrad "
          + "on it, or on a leaf that it is computed from, first")
    }
    return HookHandle(node, .intercept { hook(Tensor($0))?.node })
  }

  /// Calls `hook` with this tensor's gradient whenever one is computed; the gradient stays as it is.
  @discardableResult
  public func registerHook(_ hook: @escaping @Sendable (Tensor) -> Void) -> HookHandle {
    registerHook { (gradient: Tensor) -> Tensor? in
      hook(gradient)
      return nil
    }
  }

  /// Calls `hook` with this leaf after each `backward` that has added to its ``grad``.
  ///
  /// The gradient is computed by then and may be used, replaced or forgotten, and the leaf may be updated in place: an
  /// optimizer's step can be taken here. `gradients(of:withRespectTo:)` adds to no `grad` and runs no such hook.
  @discardableResult
  public func registerPostAccumulateGradHook(_ hook: @escaping @Sendable (Tensor) -> Void) -> HookHandle {
    guard isLeaf else {
      fatalError(
        "registerPostAccumulateGradHook: this tensor is the result of \(node.operation.name), and gradients are added up "
          + "in leaves only; registerHook works for any tensor")
    }
    guard requiresGrad else {
      fatalError(
        "registerPostAccumulateGradHook: this leaf does not require a gradient, so none will ever be added up; set "
          + "requiresGrad on it first")
    }
    return HookHandle(node, .afterAccumulation { hook(Tensor($0)) })
  }
}
