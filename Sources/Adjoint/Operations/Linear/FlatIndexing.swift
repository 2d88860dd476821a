import AdjointKernels

/// Elements by their places row by row, and by masks.
enum FlatIndexing {}

extension Expression {
  /// Where a mask is true, the next element of a list; this elsewhere. All have one shape but for the list.
  func maskedScatter(_ mask: Expression, _ list: Expression) -> Expression {
    if list.shape.elementCount == 0 { return self }
    let count = shape.elementCount
    let flat = mask.expanded(to: shape).reshaped(Shape(vector: count))
    let running = flat.converted(to: .int64).cumulativeSum(axis: 0, reversed: false)
    // The place before the first is never taken.
    let places = Maximum.operation.apply(running - running.number(1), running.number(0))
    let chosen = list.gathered(places.expanded(to: Shape(vector: count)), axis: 0, .maskedScatter).reshaped(shape)
    return Select.apply(mask: mask, chosen, self)
  }
}

extension Tensor {
  /// The elements at places counted row by row, in the shape of `index`; negative places count from the end.
  ///
  /// Derivative: the cotangent added at the places read.
  public func take(_ index: Tensor<Int>) -> Tensor {
    let flat = expression.reshaped(Shape(vector: count))
    let places = index.expression.reshaped(Shape(vector: index.count)).wrapped(count)
    return Tensor(flat.gathered(places, axis: 0, .take).reshaped(index.shape))
  }

  /// The tensor with the elements of `source`, row by row, in the places where a mask is true. Tensor and mask broadcast.
  ///
  /// `source` has at least as many elements as there are such places. Derivatives: the cotangent with zeros in the places;
  /// the cotangent in the places, in order.
  public func maskedScatter(_ mask: Tensor<Bool>, _ source: Tensor) -> Tensor {
    guard let common = shape.broadcast(with: mask.shape) else {
      fatalError(Operation.broadcastMessage("maskedScatter", [shape, mask.shape]))
    }
    return Tensor(
      expression.expanded(to: common).maskedScatter(
        mask.expression.expanded(to: common), source.expression.reshaped(Shape(vector: source.count))))
  }
}
