import AdjointKernels

/// Every slice along an axis several times in a row.
enum RepeatElements {}

extension Tensor {
  /// Every slice along an axis `count` times in a row; without an axis, every element of the whole, row by row.
  ///
  /// Derivative: the cotangent summed over the copies.
  public func repeatedInterleaved(_ count: Int, axis: Int? = nil) -> Tensor {
    guard count >= 0 else { fatalError("repeatedInterleaved: \(count) repeats; there must be at least 0") }
    let flat = axis == nil || rank == 0 ? reshaped(Shape(vector: self.count)) : self
    let place = axis == nil || rank == 0 ? 0 : shape.checkedAxis(axis!, "repeatedInterleaved")
    var (full, target) = (flat.shape.inserting(count, at: place + 1), flat.shape)
    target[place] *= count
    full[place] = flat.shape[place]
    return Tensor(
      flat.expression.reshaped(flat.shape.inserting(1, at: place + 1)).expanded(to: full).reshaped(target))
  }

  /// Every slice along an axis as often as a list says, which has a count for each; without an axis, every element.
  ///
  /// Derivative: the cotangent summed over the copies.
  public func repeatedInterleaved(_ counts: [Int], axis: Int? = nil) -> Tensor {
    let flat = axis == nil || rank == 0 ? reshaped(Shape(vector: count)) : self
    let place = axis == nil || rank == 0 ? 0 : shape.checkedAxis(axis!, "repeatedInterleaved")
    if counts.count == 1 { return flat.repeatedInterleaved(counts[0], axis: place) }
    guard counts.count == flat.shape[place], counts.allSatisfy({ $0 >= 0 }) else {
      fatalError(
        "repeatedInterleaved: counts \(counts) for axis \(place) of shape \(flat.shape); there must be one for each "
          + "position, none negative")
    }
    let places = counts.enumerated().flatMap { Array(repeating: $0.offset, count: $0.element) }
    return flat.indexSelect(axis: place, at: Tensor<Int>(places))
  }
}
