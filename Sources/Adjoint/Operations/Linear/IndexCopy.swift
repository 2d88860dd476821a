import AdjointKernels

/// Whole slices along an axis replaced.
enum IndexCopy {}

extension Tensor {
  /// A list of places along an axis as an index of whole slices, and the shapes with a scalar as a vector.
  private func slices(_ index: Tensor<Int>, _ axis: Int, _ name: String) -> (own: Shape, axis: Int, places: Tensor<Int>)
  {
    let (own, place): (Shape, Int) = (rank == 0 ? [1] : shape, shape.axisAllowingScalar(axis, name))
    guard index.rank <= 1 else {
      fatalError("\(name): an index of shape \(index.shape); it must be a list of places")
    }
    var (column, full) = (Shape(own.map { _ in 1 }), own)
    (column[place], full[place]) = (index.count, index.count)
    return (own, place, index.reshaped(column).broadcast(to: full))
  }

  /// The tensor with slices of `source` written along an axis at the places of a list; of equal places the last one stays.
  ///
  /// `source` has the tensor's shape but for the axis, where it has one slice per place. Derivatives: the cotangent with zeros
  /// at the places; its slices at the places, and 0 for what another slice was written over.
  public func indexCopy(axis: Int, at index: Tensor<Int>, _ source: Tensor) -> Tensor {
    let (own, place, places) = slices(index, axis, "indexCopy")
    let other: Shape = source.rank == 0 ? places.shape : source.shape
    guard other == places.shape else {
      fatalError(
        "indexCopy: a source of shape \(source.shape) and an index of shape \(index.shape) for axis \(axis) of a tensor of "
          + "shape \(shape); the source must have one slice per place")
    }
    let values = source.rank == 0 ? source.broadcast(to: other) : source
    return reshaped(own).scatter(axis: place, at: places, values).reshaped(shape)
  }

  /// The tensor with a number in the slices along an axis at the places of a list.
  ///
  /// Derivative: the cotangent with zeros at the places.
  public func indexFill(axis: Int, at index: Tensor<Int>, _ value: Scalar) -> Tensor {
    let (own, place, places) = slices(index, axis, "indexFill")
    return reshaped(own).scatter(axis: place, at: places, .full(places.shape, value)).reshaped(shape)
  }

  /// The tensor with a scalar tensor's element in the slices along an axis at the places of a list.
  ///
  /// Derivatives: the cotangent with zeros at the places; its sum over the places, each counted once.
  @_disfavoredOverload
  public func indexFill(axis: Int, at index: Tensor<Int>, _ value: Tensor) -> Tensor {
    guard value.count == 1 else {
      fatalError("indexFill: a value of shape \(value.shape); it must have one element")
    }
    let (own, place, places) = slices(index, axis, "indexFill")
    let mask = Tensor<Bool>.full(own, false)
      .scatter(axis: place, at: places, .full(places.shape, true))
    return .where(mask.reshaped(shape), value.reshaped([]), self)
  }

  /// The tensor with a number written along an axis at the places that `index` names.
  ///
  /// Derivative: the cotangent with zeros at the places.
  public func scatter(axis: Int, at index: Tensor<Int>, value: Scalar) -> Tensor {
    scatter(axis: axis, at: index, .full(index.shape, value))
  }
}
