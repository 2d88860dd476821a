import AdjointKernels

/// Stochastic gradient descent with momentum, weight decay and Nesterov's look-ahead: PyTorch's arithmetic.
///
/// ```swift
/// let optimizer = SGD([weights, bias], learningRate: 0.1, momentum: 0.9)
/// for batch in batches {
///   optimizer.zeroGrad()
///   loss(batch).backward()
///   optimizer.step()
/// }
/// ```
///
/// A parameter without a gradient is left alone; one with a gradient of zeros still moves by its momentum and
/// decays. Options may change between steps. All parameters are updated in one pass over memory, in place unless
/// something else still refers to the old elements.
///
/// Not `Sendable`: one task steps, and any number of tasks call `backward()`. <doc:TasksAndGlobals> shows a global one and one in an actor.
public final class SGD {
  /// Parameters that share options.
  public struct Group {
    /// The parameters, leaves that require gradients.
    public let parameters: [AnyTensor]
    /// The options, which may change between steps.
    public var options: SGDOptions

    /// A group with its own options: a tensor, an array or dictionary of them, a model.
    public init(_ parameters: some TensorTree, _ options: SGDOptions) {
      self.parameters = parameters.tensors
      self.options = options
    }
  }

  /// What the optimizer remembers: options and momentum buffers, in the order of groups and parameters.
  public struct State: Sendable {
    /// The options of each group.
    public var options: [SGDOptions]
    /// The momentum buffers; nil where there was no step yet.
    public var momentumBuffers: [[AnyTensor?]]
  }

  /// The groups.
  public var groups: [Group] {
    didSet {
      for group in groups { group.options.check() }
      guard groups.map({ $0.parameters.map { ObjectIdentifier($0.node) } }) == identities else {
        fatalError("SGD: the parameters of its groups cannot be changed, only their options; make a new SGD instead")
      }
    }
  }
  private let identities: [[ObjectIdentifier]]
  private var updates: [SGDGroupUpdate]

  /// An optimizer of groups of parameters.
  public init(_ groups: [Group]) {
    var seen: Set<ObjectIdentifier> = []
    for (g, group) in groups.enumerated() {
      group.options.check()
      for (p, parameter) in group.parameters.enumerated() {
        guard parameter.node.isLeaf, parameter.node.tracking != .none else {
          fatalError(
            "SGD: parameter \(p) of group \(g) with shape \(parameter.shape) is not a leaf that requires a gradient; make "
              + "it with requiresGrad: true")
        }
        guard seen.insert(ObjectIdentifier(parameter.node)).inserted else {
          fatalError(
            "SGD: parameter \(p) of group \(g) with shape \(parameter.shape) occurs twice; each may occur once")
        }
      }
    }
    guard !seen.isEmpty else { fatalError("SGD: no parameters; at least one is needed") }
    self.groups = groups
    identities = groups.map { $0.parameters.map { ObjectIdentifier($0.node) } }
    updates = groups.enumerated().flatMap { SGDGroupUpdate.byType($1.parameters.map(\.node), group: $0) }
  }

  /// An optimizer of parameters that share their options: tensors, arrays and dictionaries of them, models, of any
  /// floating-point types.
  public convenience init<each Parameters: TensorTree>(
    _ parameters: repeat each Parameters, learningRate: Double = 1e-3, momentum: Double = 0, dampening: Double = 0,
    weightDecay: Double = 0, nesterov: Bool = false, maximize: Bool = false
  ) {
    var all: [AnyTensor] = []
    for tree in repeat each parameters { all += tree.tensors }
    self.init([
      Group(
        all,
        SGDOptions(
          learningRate: learningRate, momentum: momentum, dampening: dampening, weightDecay: weightDecay,
          nesterov: nesterov, maximize: maximize))
    ])
  }

  /// The learning rate of all groups; reading it wants them to agree.
  public var learningRate: Double {
    get {
      let rate = groups[0].options.learningRate
      guard groups.allSatisfy({ $0.options.learningRate == rate }) else {
        fatalError("learningRate: the groups have different ones; read groups[…].options.learningRate")
      }
      return rate
    }
    set { for index in groups.indices { groups[index].options.learningRate = newValue } }
  }

  /// Updates every parameter that has a gradient.
  public func step() {
    for index in updates.indices { updates[index].evaluateGradients() }
    for index in updates.indices { updates[index].step(groups[updates[index].group].options) }
  }

  /// Computes the loss again by `closure`, which zeroes gradients and calls `backward()`, and updates.
  @discardableResult
  public func step<Scalar: TensorFloatingPoint>(_ closure: () throws -> Tensor<Scalar>) rethrows -> Tensor<Scalar> {
    let loss = try enableGrad(closure)
    step()
    return loss
  }

  /// Forgets the gradients of all parameters, or sets them to zero.
  public func zeroGrad(setToNil: Bool = true) {
    for update in updates { update.zeroGradients(setToNil: setToNil) }
  }

  /// What must be saved to continue later.
  public var state: State {
    var buffers = groups.map { [AnyTensor?](repeating: nil, count: $0.parameters.count) }
    for update in updates { update.copyBuffers(into: &buffers[update.group]) }
    return State(options: groups.map(\.options), momentumBuffers: buffers)
  }

  /// Continues from a saved state.
  public func restore(_ state: State) {
    guard state.options.count == groups.count, state.momentumBuffers.count == groups.count,
      zip(state.momentumBuffers, groups).allSatisfy({ saved, group in
        saved.count == group.parameters.count
          && zip(saved, group.parameters).allSatisfy {
            $0 == nil || ($0!.shape == $1.shape && $0!.elementType == $1.elementType)
          }
      })
    else {
      fatalError("SGD: the state to restore has other groups, shapes or types than this optimizer; they must agree")
    }
    for index in groups.indices { groups[index].options = state.options[index] }
    for index in updates.indices { updates[index].restoreBuffers(state.momentumBuffers[updates[index].group]) }
  }
}
