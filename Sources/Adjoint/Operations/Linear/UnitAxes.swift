import AdjointKernels

/// Axes of extent 1 dropped, made and repeated: reshapes and broadcasts.
enum UnitAxes {}

extension Tensor {
  /// Axes of extent 1 dropped: the named ones, or all of them. Named axes of another extent stay, as in PyTorch.
  ///
  /// Nothing is copied. Derivative: the cotangent in the old shape.
  public func squeezed(axes: [Int]? = nil) -> Tensor {
    let mask = axes.map { shape.mask($0, "squeezed") } ?? -1
    let kept = shape.indices.filter { shape[$0] != 1 || mask >> $0 & 1 == 0 }
    return Tensor(expression.reshaped(Shape(kept.map { shape[$0] })))
  }

  /// An axis dropped if its extent is 1.
  public func squeezed(axis: Int) -> Tensor { squeezed(axes: [axis]) }

  /// A new axis of extent 1; `axis` is its place in the result. Nothing is copied.
  ///
  /// Derivative: the cotangent in the old shape.
  public func unsqueezed(axis: Int) -> Tensor {
    Shape.checkRank(rank + 1, "unsqueezed")
    let place = shape.inserting(1, at: 0).checkedAxis(axis, "unsqueezed")
    return Tensor(expression.reshaped(shape.inserting(1, at: place)))
  }

  /// The axes from `start` through `end` joined into one; a scalar becomes a vector of one element.
  ///
  /// Nothing is copied where strides can show it. Derivative: the cotangent in the old shape.
  public func flattened(from start: Int = 0, through end: Int = -1) -> Tensor {
    let (first, last) = (shape.axisAllowingScalar(start, "flattened"), shape.axisAllowingScalar(end, "flattened"))
    if rank == 0 { return Tensor(expression.reshaped([1])) }
    guard first <= last else {
      fatalError("flattened: from axis \(first) through axis \(last) of shape \(shape); the first must not come later")
    }
    let joined = shape[first...last].reduce(1, *)
    return Tensor(expression.reshaped(Shape(Array(shape[..<first]) + [joined] + Array(shape[(last + 1)...]))))
  }

  /// The elements repeated along axes of extent 1 and new leading axes. An extent of −1 stays what it is.
  ///
  /// Nothing is copied until an array is needed. Derivative: the cotangent summed over the repeated axes.
  public func expanded(to extents: [Int]) -> Tensor {
    Shape.checkRank(extents.count, "expanded")
    let lead = extents.count - rank
    let target = extents.enumerated().map { axis, extent in
      extent == -1 && axis >= lead && lead >= 0 ? shape[axis - lead] : extent
    }
    guard lead >= 0, target.allSatisfy({ $0 >= 0 }),
      shape.indices.allSatisfy({ shape[$0] == target[$0 + lead] || shape[$0] == 1 })
    else {
      fatalError(
        "expanded: shape \(shape) cannot be expanded to \(Shape(extents)); aligned from the last axis, extents must be "
          + "equal or 1, and -1 keeps an axis that exists")
    }
    return Tensor(expression.expanded(to: Shape(target).checked("expanded")))
  }

  /// The elements repeated along axes of extent 1 and new leading axes.
  public func expanded(to extents: Int...) -> Tensor { expanded(to: extents) }
}
