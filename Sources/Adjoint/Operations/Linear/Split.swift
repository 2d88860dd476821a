/// Consecutive pieces along an axis: views of one array.
enum Split {}

extension Tensor {
  /// `count` elements along an axis from `start` on. Nothing is copied.
  ///
  /// A negative start counts from the back. Derivative: zeros with the cotangent in its place.
  public func narrowed(axis: Int, start: Int, count: Int) -> Tensor {
    let axis = shape.checkedAxis(axis, "narrowed")
    let from = start < 0 ? start + shape[axis] : start
    guard from >= 0, count >= 0, count <= shape[axis], from <= shape[axis] - count else {
      fatalError(
        "narrowed: \(count) elements from \(start) on along axis \(axis) of shape \(shape); they must lie within the "
          + "axis")
    }
    return Tensor(expression.narrowed(axis: axis, start: from, count: count))
  }

  /// Consecutive pieces along an axis; the sizes add up to its extent. Nothing is copied.
  ///
  /// Derivative: the pieces' cotangents side by side.
  public func split(sizes: [Int], axis: Int = 0) -> [Tensor] {
    let axis = shape.checkedAxis(axis, "split")
    guard sizes.allSatisfy({ $0 >= 0 }), sizes.reduce(0, { $0.addingClamped($1) }) == shape[axis] else {
      fatalError("split: sizes \(sizes) along axis \(axis) of shape \(shape); they must add up to \(shape[axis])")
    }
    var start = 0
    return sizes.map { size in
      defer { start += size }
      return Tensor(expression.narrowed(axis: axis, start: start, count: size))
    }
  }

  /// Consecutive pieces of one size along an axis; the last may be smaller. Nothing is copied.
  public func split(size: Int, axis: Int = 0) -> [Tensor] {
    let axis = shape.checkedAxis(axis, "split")
    guard size > 0 else { fatalError("split: pieces of \(size) elements; the size must be at least 1") }
    return pieces("split", Swift.min(size, Swift.max(shape[axis], 1)), axis)
  }

  private func pieces(_ name: String, _ size: Int, _ axis: Int) -> [Tensor] {
    // A tensor takes some hundred bytes, whatever is in it.
    let count = shape[axis] / size
    if count > 1 << 30 {
      fatalError(
        "\(name): shape \(shape) along axis \(axis) in pieces of \(size) are \(count); at most 2^30 can be made")
    }
    let starts = shape[axis] == 0 ? [0] : Array(Swift.stride(from: 0, to: shape[axis], by: size))
    return split(sizes: starts.map { Swift.min(size, shape[axis] - $0) }, axis: axis)
  }

  /// At most `count` pieces of equal size along an axis; the last may be smaller, and there may be fewer, as in
  /// PyTorch. Nothing is copied.
  public func chunked(_ count: Int, axis: Int = 0) -> [Tensor] {
    let axis = shape.checkedAxis(axis, "chunked")
    guard count > 0 else { fatalError("chunked: \(count) pieces; there must be at least 1") }
    return pieces("chunked", shape[axis] == 0 ? 1 : (shape[axis] - 1) / count + 1, axis)
  }
}
