import AdjointKernels

/// The position of the element along an axis that a number of others precede in order; the axis stays at extent 1.
enum RankedPosition {
  static func operation(_ axis: Int, _ rank: Int) -> Operation {
    .positions("RankedPosition", tag: RankedPosition.self, axis, choice: rank) { x, type, extents, _ in
      Ordering.rankedPositions(
        x, type, outer: extents.outer, count: extents.count, inner: extents.inner, rank: rank)
    }
  }
}

extension Expression {
  func rankedPosition(axis: Int, _ rank: Int) -> Expression {
    RankedPosition.operation(axis, rank).record(.int64, shape.keeping(1 << axis), asArray)
  }
}

extension Tensor where Scalar: TensorNumber {
  /// The kth smallest element along an axis (k = 1 is the smallest), and its position. NaN is larger than every number.
  ///
  /// Which of equal elements' positions it is follows from the selection's algorithm, and is PyTorch's. Derivative: the whole
  /// cotangent to the element at the position.
  public func kthValue(
    _ k: Int, axis: Int = -1, keepingDimensions: Bool = false
  ) -> (values: Tensor, indices: Tensor<Int>) {
    let (x, index) = walk(axis, "kthValue")
    guard k >= 1 && k <= x.shape[index] else {
      fatalError("kthValue: element \(k) along axis \(axis) of shape \(shape); k must lie in 1...\(x.shape[index])")
    }
    let positions = x.rankedPosition(axis: index, k - 1)
    let target = shape(reducing: index, keepingDimensions: keepingDimensions)
    return (
      Tensor(x.gathered(positions, axis: index).reshaped(target)), Tensor<Int>(positions.reshaped(target))
    )
  }

  /// The elements sorted along the first axis.
  public func msort() -> Tensor { sorted(axis: 0).values }
}
