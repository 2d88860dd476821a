import AdjointKernels

extension Shape {
  /// Refuses a loss whose operands broadcast by accident.
  ///
  /// A target may be the same for many predictions, or a prediction for many targets. What broadcasts to a shape that is neither's, as
  /// [10, 1] with [10] to [10, 10], compares each with each: nobody means that, and training goes on and learns nothing.
  func checkLoss(_ target: Shape, _ name: String) {
    let common = broadcast(with: target, name)
    guard common == self || common == target else {
      fatalError(
        "\(name): a prediction of shape \(self) and a target of shape \(target) would broadcast to \(common), each with each; one of "
          + "the two must have that shape (reshape or squeeze the other)")
    }
  }

  /// Refuses what goes with a loss, weights or variances, and would make it larger.
  func checkLoss(_ what: String, _ shape: Shape, _ name: String) {
    guard broadcast(with: shape) == self else {
      fatalError("\(name): \(what) of shape \(shape) for losses of shape \(self); they must broadcast to that shape")
    }
  }
}
