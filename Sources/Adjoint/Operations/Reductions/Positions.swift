import AdjointKernels

/// The position of the first largest or smallest element along an axis, which stays at extent 1.
enum ExtremePosition {
  static func operation(_ axis: Int, largest: Bool) -> Operation {
    .positions(largest ? "ArgMax" : "ArgMin", tag: ExtremePosition.self, axis, choice: largest ? 1 : 0) {
      x, type, extents, _ in
      Ordering.extremePositions(
        x, type, outer: extents.outer, count: extents.count, inner: extents.inner, largest: largest)
    }
  }
}

/// The largest or smallest element along an axis: the one at ``ExtremePosition``, which gets the whole cotangent.
enum ExtremeElement {}

extension Expression {
  func extremePosition(axis: Int, largest: Bool, _ name: String) -> Expression {
    let target = shape.keeping(1 << axis)
    if shape[axis] == 0 && target.elementCount > 0 {
      fatalError("\(name): shape \(shape) has no elements along axis \(axis), and nothing has no extreme")
    }
    return ExtremePosition.operation(axis, largest: largest).record(.int64, target, asArray)
  }
}

extension Tensor {
  private func position(_ axis: Int?, _ keepingDimensions: Bool, largest: Bool, _ name: String) -> Tensor<Int> {
    guard let axis else {
      let flat = expression.reshaped(Shape(vector: count))
      if count == 0 { fatalError("\(name): shape \(shape) has no elements, and nothing has no extreme") }
      let ones = keepingDimensions ? Shape(shape.map { _ in 1 }) : Shape()
      return Tensor<Int>(flat.extremePosition(axis: 0, largest: largest, name).reshaped(ones))
    }
    let (x, index) = walk(axis, name)
    return Tensor<Int>(
      x.extremePosition(axis: index, largest: largest, name)
        .reshaped(shape(reducing: index, keepingDimensions: keepingDimensions)))
  }

  /// The position of the largest element along an axis, or among all elements row by row for nil.
  ///
  /// The first of equal ones; NaN counts as the largest.
  public func argmax(axis: Int? = nil, keepingDimensions: Bool = false) -> Tensor<Int> {
    position(axis, keepingDimensions, largest: true, "argmax")
  }

  /// The position of the smallest element along an axis, or among all elements row by row for nil.
  ///
  /// The first of equal ones; NaN counts as the smallest.
  public func argmin(axis: Int? = nil, keepingDimensions: Bool = false) -> Tensor<Int> {
    position(axis, keepingDimensions, largest: false, "argmin")
  }

  fileprivate func extreme(
    _ axis: Int, _ keepingDimensions: Bool, largest: Bool, _ name: String
  ) -> (values: Tensor, indices: Tensor<Int>) {
    let (x, index) = walk(axis, name)
    let positions = x.extremePosition(axis: index, largest: largest, name)
    let target = shape(reducing: index, keepingDimensions: keepingDimensions)
    return (
      Tensor(x.gathered(positions, axis: index).reshaped(target)), Tensor<Int>(positions.reshaped(target))
    )
  }
}

extension Tensor where Scalar: TensorNumber {
  /// The largest element along an axis, and its position: the first of equal ones, and the first NaN if there is one.
  ///
  /// Derivative: the whole cotangent to the element at the position. ``amax(axes:keepingDimensions:)`` shares instead.
  public func max(axis: Int, keepingDimensions: Bool = false) -> (values: Tensor, indices: Tensor<Int>) {
    extreme(axis, keepingDimensions, largest: true, "max")
  }

  /// The smallest element along an axis, and its position: the first of equal ones, and the first NaN if there is one.
  ///
  /// Derivative: the whole cotangent to the element at the position. ``amin(axes:keepingDimensions:)`` shares instead.
  public func min(axis: Int, keepingDimensions: Bool = false) -> (values: Tensor, indices: Tensor<Int>) {
    extreme(axis, keepingDimensions, largest: false, "min")
  }
}
