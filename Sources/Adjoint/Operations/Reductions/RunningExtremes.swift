import AdjointKernels

/// For each place along an axis, the position of the largest or smallest element up to there.
enum RunningExtremePosition {
  static func operation(_ axis: Int, largest: Bool) -> Operation {
    .positions(largest ? "CumMax" : "CumMin", tag: RunningExtremePosition.self, axis, choice: largest ? 1 : 0) {
      x, type, extents, _ in
      Ordering.runningExtremePositions(
        x, type, outer: extents.outer, count: extents.count, inner: extents.inner, largest: largest)
    }
  }
}

extension Expression {
  func runningExtremePositions(axis: Int, largest: Bool) -> Expression {
    RunningExtremePosition.operation(axis, largest: largest).record(.int64, shape, asArray)
  }
}

extension Tensor where Scalar: TensorNumber {
  private func runningExtreme(_ axis: Int, largest: Bool, _ name: String) -> (values: Tensor, indices: Tensor<Int>) {
    let (x, axis) = walk(axis, name)
    let positions = x.runningExtremePositions(axis: axis, largest: largest)
    return (Tensor(x.gathered(positions, axis: axis).reshaped(shape)), Tensor<Int>(positions.reshaped(shape)))
  }

  /// The largest element up to each place along an axis, and its position: the last of equal ones, and from the first NaN on
  /// the last NaN.
  ///
  /// Derivative: each cotangent to the element at its position.
  public func cumulativeMax(axis: Int) -> (values: Tensor, indices: Tensor<Int>) {
    runningExtreme(axis, largest: true, "cumulativeMax")
  }

  /// The smallest element up to each place along an axis, and its position: the last of equal ones, and from the first NaN on
  /// the last NaN.
  ///
  /// Derivative: each cotangent to the element at its position.
  public func cumulativeMin(axis: Int) -> (values: Tensor, indices: Tensor<Int>) {
    runningExtreme(axis, largest: false, "cumulativeMin")
  }
}
