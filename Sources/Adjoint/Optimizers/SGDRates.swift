// A rate that a program computed is often a Float; literals stay Double, which these overloads leave to the others.
extension SGD {
  /// As ``init(_:learningRate:momentum:dampening:weightDecay:nesterov:maximize:)``, with numbers of another floating-point type: the variables
  /// of a program that computes in `Float`.
  ///
  /// ```swift
  /// let weights = Tensor<Float>.zeros(3, requiresGrad: true)
  /// let rate: Float = 0.1
  /// let optimizer = SGD(weights, learningRate: rate / 2)
  /// ```
  ///
  /// Each number stands for itself: the Float next to 0.1 is 0.100000001490116…, and with parameters of `Double` the update uses that.
  @_disfavoredOverload
  public convenience init<each Parameters: TensorTree, Rate: BinaryFloatingPoint>(
    _ parameters: repeat each Parameters, learningRate: Rate, momentum: Rate = 0, dampening: Rate = 0,
    weightDecay: Rate = 0, nesterov: Bool = false, maximize: Bool = false
  ) {
    self.init(
      repeat each parameters, learningRate: Double(learningRate), momentum: Double(momentum),
      dampening: Double(dampening), weightDecay: Double(weightDecay), nesterov: nesterov, maximize: maximize)
  }
}

extension SGDOptions {
  /// Options given in another floating-point type; each number stands for itself.
  @_disfavoredOverload
  public init<Rate: BinaryFloatingPoint>(
    learningRate: Rate, momentum: Rate = 0, dampening: Rate = 0, weightDecay: Rate = 0, nesterov: Bool = false,
    maximize: Bool = false
  ) {
    self.init(
      learningRate: Double(learningRate), momentum: Double(momentum), dampening: Double(dampening),
      weightDecay: Double(weightDecay), nesterov: nesterov, maximize: maximize)
  }
}
