import AdjointKernels

/// The whole array side by side with copies of itself: a broadcast along new axes that a reshape then joins.
enum Repeat {}

extension Expression {
  /// `repeats` has an entry per axis, and leading ones for new axes.
  func repeated(_ repeats: [Int]) -> Expression {
    let lead = repeats.count - shape.rank
    if repeats.count + repeats.count(where: { $0 != 1 }) > Shape.largestRank,
      let last = repeats.lastIndex(where: { $0 != 1 })
    {
      // The companions would be too many axes: the last axis first, by itself.
      var (alone, others) = (Array(repeating: 1, count: repeats.count), repeats)
      (alone[last], others[last]) = (repeats[last], 1)
      return repeated(alone).repeated(others)
    }
    var (separate, full, target) = (Shape(), Shape(), Shape())
    for (axis, count) in repeats.enumerated() {
      let extent = axis < lead ? 1 : shape[axis - lead]
      target.append(extent * count)
      // An axis that is not repeated needs no companion; the fewer axes, the longer the runs.
      if count != 1 {
        separate.append(1)
        full.append(count)
      }
      separate.append(extent)
      full.append(extent)
    }
    return reshaped(separate).expanded(to: full).reshaped(target)
  }
}

extension Tensor {
  /// The whole tensor repeated along its axes, as PyTorch's `repeat` and NumPy's `tile` do.
  ///
  /// Repeats beyond the rank make new leading axes. Derivative: the cotangent summed over the copies.
  public func repeated(_ repeats: [Int]) -> Tensor {
    guard repeats.count >= rank, repeats.allSatisfy({ $0 >= 0 }) else {
      fatalError(
        "repeated: repeats \(repeats) for shape \(shape); there must be at least one per axis, and none may be "
          + "negative")
    }
    Shape.checkRank(repeats.count, "repeated")
    let lead = repeats.count - rank
    _ = Shape(repeats.enumerated().map { $1.multipliedClamped(by: $0 < lead ? 1 : shape[$0 - lead]) })
      .checked("repeated", "repeats \(repeats) of shape \(shape)")
    // An empty tensor is repeated by way of a shape in which the repeats are extents: they are bounded like those.
    _ = Shape(repeats.enumerated().map { $1.multipliedClamped(by: $0 < lead ? 1 : Swift.max(1, shape[$0 - lead])) })
      .checked("repeated", "repeats \(repeats) of shape \(shape)")
    return Tensor(expression.repeated(repeats))
  }

  /// The whole tensor repeated along its axes.
  public func repeated(_ repeats: Int...) -> Tensor { repeated(repeats) }
}
