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
public final class SGD<Scalar: TensorFloatingPoint> {
  /// Parameters that share options.
  public struct Group {
    /// The parameters, leaves that require gradients.
    public let parameters: [Tensor<Scalar>]
    /// The options, which may change between steps.
    public var options: SGDOptions

    /// A group with its own options.
    public init(_ parameters: [Tensor<Scalar>], _ options: SGDOptions) {
      self.parameters = parameters
      self.options = options
    }
  }

  /// What the optimizer remembers: options and momentum buffers, in the order of groups and parameters.
  public struct State: Sendable {
    /// The options of each group.
    public var options: [SGDOptions]
    /// The momentum buffers; nil where there was no step yet.
    public var momentumBuffers: [[Tensor<Scalar>?]]
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
        guard parameter.isLeaf, parameter.requiresGrad else {
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
    updates = groups.map { SGDGroupUpdate($0.parameters.map(\.node), Scalar.elementType) }
  }

  /// An optimizer of parameters that share their options.
  public convenience init(
    _ parameters: [Tensor<Scalar>], learningRate: Double = 1e-3, momentum: Double = 0, dampening: Double = 0,
    weightDecay: Double = 0, nesterov: Bool = false, maximize: Bool = false
  ) {
    self.init([
      Group(
        parameters,
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
    for index in updates.indices { updates[index].step(groups[index].options) }
  }

  /// Computes the loss again by `closure`, which zeroes gradients and calls `backward()`, and updates.
  @discardableResult
  public func step(_ closure: () throws -> Tensor<Scalar>) rethrows -> Tensor<Scalar> {
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
    State(
      options: groups.map(\.options),
      momentumBuffers: zip(groups, updates).map { group, update in
        zip(group.parameters, update.buffers).map { parameter, buffer in
          // A copy: the optimizer goes on writing to its own.
          buffer.map {
            Tensor(
              $0.gathered(Scalar.elementType, shape: [parameter.count], offset: 0, strides: [1]), shape: parameter.shape
            )
          }
        }
      })
  }

  /// Continues from a saved state.
  public func restore(_ state: State) {
    guard state.options.count == groups.count,
      zip(state.momentumBuffers, groups).allSatisfy({ saved, group in
        saved.count == group.parameters.count
          && zip(saved, group.parameters).allSatisfy { $0 == nil || $0!.shape == $1.shape }
      })
    else {
      fatalError("SGD: the state to restore has other groups or shapes than this optimizer; both must agree")
    }
    for index in groups.indices { groups[index].options = state.options[index] }
    for (index, buffers) in state.momentumBuffers.enumerated() {
      updates[index].buffers = buffers.map { $0.map { $0.node.evaluated().copied(Scalar.elementType, $0.shape) } }
    }
  }
}
