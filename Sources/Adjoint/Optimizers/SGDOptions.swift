/// What stochastic gradient descent does with a gradient.
///
/// With g the gradient (negated for `maximize`), plus weightDecay·p:
///
///     buffer ← momentum·buffer + (1 − dampening)·g     (the first time: g itself)
///     d      ← g + momentum·buffer for nesterov, buffer with momentum, g without
///     p      ← p − learningRate·d
public struct SGDOptions: Sendable, Hashable, Codable {
  /// The step length.
  public var learningRate: Double
  /// How much of the last direction is kept.
  public var momentum: Double
  /// How much of a new gradient is left out of the momentum buffer.
  public var dampening: Double
  /// The factor of the penalty ½·weightDecay·‖p‖².
  public var weightDecay: Double
  /// Whether to look ahead along the momentum.
  public var nesterov: Bool
  /// Whether to climb instead of descend.
  public var maximize: Bool

  /// Options; all but the learning rate are off unless given.
  public init(
    learningRate: Double = 1e-3, momentum: Double = 0, dampening: Double = 0, weightDecay: Double = 0,
    nesterov: Bool = false, maximize: Bool = false
  ) {
    self.learningRate = learningRate
    self.momentum = momentum
    self.dampening = dampening
    self.weightDecay = weightDecay
    self.nesterov = nesterov
    self.maximize = maximize
  }

  func check() {
    func refuse(_ name: String, _ value: Double, _ rule: String) -> Never {
      fatalError("SGD: \(name) is \(value); \(rule)")
    }
    if !(learningRate >= 0 && learningRate < .infinity) {
      refuse("learningRate", learningRate, "it must be at least 0 and finite")
    }
    if !(momentum >= 0 && momentum < .infinity) { refuse("momentum", momentum, "it must be at least 0 and finite") }
    if !(weightDecay >= 0 && weightDecay < .infinity) {
      refuse("weightDecay", weightDecay, "it must be at least 0 and finite")
    }
    if !dampening.isFinite { refuse("dampening", dampening, "it must be finite") }
    if nesterov && !(momentum > 0 && dampening == 0) {
      fatalError(
        "SGD: nesterov with momentum \(momentum) and dampening \(dampening); it needs a momentum above 0 and no dampening"
      )
    }
  }
}
