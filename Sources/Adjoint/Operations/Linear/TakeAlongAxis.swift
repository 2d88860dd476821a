import AdjointKernels

/// Elements along an axis at places that may count from the back, with broadcasting of the others.
enum TakeAlongAxis {}

extension Expression {
  /// Places along an axis, where negative ones count from the back.
  func wrapped(_ extent: Int) -> Expression {
    // A place before the axis stays as it is: the sentence about it shows what was given.
    let isCounted = LogicalAnd.operation.apply(
      Less.operation.apply(self, Expression(0, type)),
      GreaterOrEqual.operation.apply(self, Expression(Double(-extent), type)))
    return Select.apply(mask: isCounted, Add.operation.apply(self, Expression(Double(extent), type)), self)
  }
}

extension Tensor {
  /// The elements along an axis at the places that `index` names, where tensor and index broadcast but for the axis.
  ///
  /// Without an axis both count as one row. Negative places count from the back. Derivative: the cotangent added at the places read.
  public func takeAlongAxis(_ axis: Int?, at index: Tensor<Int>) -> Tensor {
    guard let axis else {
      return Tensor(
        expression.reshaped(Shape(vector: count)).gathered(
          index.expression.reshaped(Shape(vector: index.count)).wrapped(count), axis: 0, .takeAlongAxis))
    }
    guard index.rank == rank else {
      fatalError(
        "takeAlongAxis: an index of shape \(index.shape) for a tensor of shape \(shape); the ranks must be equal")
    }
    let place = shape.axisAllowingScalar(axis, "takeAlongAxis")
    if rank == 0 {
      let places = index.expression.wrapped(1).reshaped([1])
      return Tensor(expression.reshaped([1]).gathered(places, axis: 0, .takeAlongAxis).reshaped([]))
    }
    var (own, places) = (shape, index.shape)
    (own[place], places[place]) = (1, 1)
    guard var common = own.broadcast(with: places) else {
      fatalError(
        "takeAlongAxis: shapes \(shape) and \(index.shape) do not broadcast apart from axis \(place); extents must be "
          + "equal or 1")
    }
    common[place] = index.shape[place]
    _ = common.checked("takeAlongAxis")
    let wideIndex = index.expression.wrapped(shape[place]).expanded(to: common)
    common[place] = shape[place]
    _ = common.checked("takeAlongAxis")
    return Tensor(expression.expanded(to: common).gathered(wideIndex, axis: place, .takeAlongAxis))
  }
}
