import AdjointKernels

/// Areas under polygons through points along an axis.
enum Trapezoid {}

/// Differences of neighbours along an axis.
enum Differences {}

extension Expression {
  /// Twice the areas between neighbours over their distance.
  private func neighbourSums(_ axis: Int) -> Expression {
    let count = shape[axis]
    return narrowed(axis: axis, start: 0, count: count - 1) + narrowed(axis: axis, start: 1, count: count - 1)
  }

  func differences(_ axis: Int) -> Expression {
    let count = shape[axis]
    return narrowed(axis: axis, start: 1, count: count - 1) - narrowed(axis: axis, start: 0, count: count - 1)
  }

  /// The area of each strip, twice.
  fileprivate func strips(_ axis: Int, _ width: Expression) -> Expression {
    let products = neighbourSums(axis) * width
    return products.asArray
  }
}

extension Tensor where Scalar: TensorFloatingPoint {
  /// The widths of the strips between places x, which may be a list, or have leading axes fewer.
  private func widths(_ x: Tensor, _ axis: Int, _ name: String) -> Expression {
    var places = x.expression
    if x.rank == 1 {
      guard x.count == shape[axis] else {
        fatalError(
          "\(name): \(x.count) places for axis \(axis) of shape \(shape); there must be one for each position")
      }
      var column = Shape(shape.map { _ in 1 })
      column[axis] = x.count
      places = places.reshaped(column)
    } else if x.rank < rank {
      places = places.reshaped(Shape(Array(repeating: 1, count: rank - x.rank) + x.shape.dimensions))
    }
    guard places.shape[axis] > 0 else { return places }
    return places.differences(axis)
  }

  /// ∫ y along an axis by the trapezoidal rule, with equal distances. 0 where there are fewer than two points.
  ///
  /// Derivative: the distance, and half of it at both ends.
  public func trapezoid(distance: Scalar = 1, axis: Int = -1) -> Tensor {
    let axis = shape.checkedAxis(axis, "trapezoid")
    if shape[axis] < 2 { return sum(axis: axis) * 0 }
    return Tensor(
      expression.strips(axis, Expression(bits: distance.elementBits, Scalar.elementType))
        .sum(mask: 1 << axis, keepingDimensions: false)) * 0.5
  }

  /// ∫ y dx along an axis by the trapezoidal rule, at places x: a list along the axis, or a tensor that broadcasts.
  ///
  /// Derivatives: half the width of the strips on both sides; the differences of the neighbours' heights, halved.
  public func trapezoid(at x: Tensor, axis: Int = -1) -> Tensor {
    let axis = shape.checkedAxis(axis, "trapezoid")
    if shape[axis] == 0 { return sum(axis: axis) }
    let strips = expression.strips(axis, widths(x, axis, "trapezoid"))
    return Tensor(strips.sum(mask: 1 << axis, keepingDimensions: false)) * 0.5
  }

  /// The running integral along an axis by the trapezoidal rule, with equal distances: one element fewer.
  public func cumulativeTrapezoid(distance: Scalar = 1, axis: Int = -1) -> Tensor {
    let axis = shape.checkedAxis(axis, "cumulativeTrapezoid")
    if shape[axis] == 0 { return self }
    let strips = expression.strips(axis, Expression(bits: distance.elementBits, Scalar.elementType))
    return Tensor(strips.cumulativeSum(axis: axis, reversed: false)) * 0.5
  }

  /// The running integral ∫ y dx along an axis by the trapezoidal rule, at places x: one element fewer.
  public func cumulativeTrapezoid(at x: Tensor, axis: Int = -1) -> Tensor {
    let axis = shape.checkedAxis(axis, "cumulativeTrapezoid")
    if shape[axis] == 0 { return self }
    let strips = expression.strips(axis, widths(x, axis, "cumulativeTrapezoid"))
    return Tensor(strips.cumulativeSum(axis: axis, reversed: false)) * 0.5
  }
}

extension Tensor where Scalar: TensorNumber {
  /// The differences of neighbours along an axis, `order` times over; each time there is one element fewer.
  ///
  /// Tensors given as `prepending` and `appending` are first put before and behind. Derivative: differences again.
  public func differences(
    order: Int = 1, axis: Int = -1, prepending first: Tensor? = nil, appending last: Tensor? = nil
  ) -> Tensor {
    guard order >= 0 else { fatalError("differences: order \(order); it must be at least 0") }
    if order == 0 { return self }
    let axis = shape.checkedAxis(axis, "differences")
    let parts = [first, self, last].compactMap { $0 }
    var result = (parts.count == 1 ? self : .concatenate(parts, axis: axis)).expression
    for _ in 0..<Swift.min(order, result.shape[axis]) { result = result.differences(axis) }
    return Tensor(result)
  }
}
