import AdjointKernels

/// The positions of the elements along an axis in order: the first `count` of them.
enum SortedPositions {
  static func operation(_ axis: Int, descending: Bool) -> Operation {
    .positions("SortedPositions", tag: SortedPositions.self, axis, choice: descending ? 1 : 0) {
      x, type, extents, kept in
      Ordering.sortedPositions(
        x, type, outer: extents.outer, count: extents.count, inner: extents.inner, descending: descending, kept: kept)
    }
  }
}

/// The positions of the first elements along an axis in order, as `topk` finds them.
enum SelectedPositions {
  static func operation(_ axis: Int, largest: Bool) -> Operation {
    .positions("SelectedPositions", tag: SelectedPositions.self, axis, choice: largest ? 1 : 0) {
      x, type, extents, kept in
      Ordering.selectedPositions(
        x, type, outer: extents.outer, count: extents.count, inner: extents.inner, largest: largest, kept: kept)
    }
  }
}

extension Expression {
  func selectedPositions(axis: Int, largest: Bool, count: Int) -> Expression {
    var target = shape
    target[axis] = count
    return SelectedPositions.operation(axis, largest: largest).record(.int64, target, asArray)
  }

  func sortedPositions(axis: Int, descending: Bool, count: Int) -> Expression {
    var target = shape
    target[axis] = count
    return SortedPositions.operation(axis, descending: descending).record(.int64, target, asArray)
  }
}

extension Tensor {
  /// The elements along an axis in order, and their positions; equal elements keep their order.
  ///
  /// NaN counts as larger than every number. Derivative: each cotangent to the element it belongs to.
  public func sorted(axis: Int = -1, descending: Bool = false) -> (values: Tensor, indices: Tensor<Int>) {
    sorted(axis, descending, "sorted")
  }

  private func sorted(_ axis: Int, _ descending: Bool, _ name: String) -> (values: Tensor, indices: Tensor<Int>) {
    let (x, axis) = walk(axis, name)
    let positions = x.sortedPositions(axis: axis, descending: descending, count: x.shape[axis])
    return (Tensor(x.gathered(positions, axis: axis).reshaped(shape)), Tensor<Int>(positions.reshaped(shape)))
  }

  /// The positions that put the elements along an axis in order; equal elements keep their order.
  public func argsort(axis: Int = -1, descending: Bool = false) -> Tensor<Int> {
    sorted(axis, descending, "argsort").indices
  }

  /// The k largest (or smallest) elements along an axis in order, and their positions.
  ///
  /// Which of equal elements are taken, and in which order, is as in PyTorch on the CPU: it follows from the algorithm
  /// (heap selection where 64·k ≤ n, else introspective selection) and is the same in every run. NaN counts as larger than every number. Derivative: each cotangent to the element it belongs to.
  public func topK(_ k: Int, axis: Int = -1, largest: Bool = true) -> (values: Tensor, indices: Tensor<Int>) {
    let (x, axis) = walk(axis, "topK")
    guard k >= 0 && k <= x.shape[axis] else {
      fatalError("topK: \(k) elements of axis \(axis) of shape \(shape); k must lie in 0...\(x.shape[axis])")
    }
    let positions = x.selectedPositions(axis: axis, largest: largest, count: k)
    let target = rank == 0 && k == 1 ? shape : positions.shape
    return (Tensor(x.gathered(positions, axis: axis).reshaped(target)), Tensor<Int>(positions.reshaped(target)))
  }
}
