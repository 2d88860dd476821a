import AdjointKernels

/// The position of the lower median along an axis, which stays at extent 1.
enum MedianPosition {
  static func operation(_ axis: Int) -> Operation {
    .positions("MedianPosition", tag: MedianPosition.self, axis) { x, type, extents, _ in
      Ordering.medianPositions(x, type, outer: extents.outer, count: extents.count, inner: extents.inner)
    }
  }
}

/// The lower median of a whole array; elements equal to it share the cotangent.
enum Median {
  static let operation = Operation(
    "Median",
    .opaque { call, values in
      let shape = call.operandShapes[0]
      let x = values[0].contiguous(call.type, shape).buffer
      let position = Ordering.medianPositions(x, call.type, outer: 1, count: shape.elementCount, inner: 1)
      return Indexing.gather(
        x, call.type, index: position, outer: 1, extent: shape.elementCount, count: 1, inner: 1)
    }, .reduction(weights: Maximal.sharedAmongTies),
    batching: { node, x, _, count in
      let rows = x[0].reshaped(Shape(count, x[0].shape.elementCount / Swift.max(count, 1)))
      return rows.gathered(rows.medianPosition(axis: 1), axis: 1).reshaped(Shape(vector: count))
    })
}

extension Expression {
  func medianPosition(axis: Int) -> Expression {
    let target = shape.keeping(1 << axis)
    if shape[axis] == 0 && target.elementCount > 0 {
      fatalError("median: shape \(shape) has no elements along axis \(axis), and nothing has no median")
    }
    return MedianPosition.operation(axis).record(.int64, target, asArray)
  }

  func median() -> Expression {
    if shape.elementCount == 0 { fatalError("median: shape \(shape) has no elements, and nothing has no median") }
    if shape.rank == 0 { return self }
    return Median.operation.record(type, Shape(), attribute: shape.mask(nil, "median"), asArray)
  }
}

extension Tensor where Scalar: TensorNumber {
  /// The lower median of all elements: the one that ⌊(n − 1)/2⌋ others precede in order; NaN if there is one.
  ///
  /// Derivative: shared equally among the elements equal to it; if it is NaN, among those that are NaN.
  public func median() -> Tensor { Tensor(expression.median()) }

  /// The lower median along an axis, and its position: the first of equal ones in order, and the first NaN if there is
  /// one.
  ///
  /// Derivative: the whole cotangent to the element at the position.
  public func median(axis: Int, keepingDimensions: Bool = false) -> (values: Tensor, indices: Tensor<Int>) {
    let (x, index) = walk(axis, "median")
    let positions = x.medianPosition(axis: index)
    let target = shape(reducing: index, keepingDimensions: keepingDimensions)
    return (
      Tensor(x.gathered(positions, axis: index).reshaped(target)), Tensor<Int>(positions.reshaped(target))
    )
  }
}
