import AdjointKernels

/// Axes put in other places, turned, and parted.
enum AxisMoves {}

extension Tensor {
  /// Some axes moved to other places; the others keep their order. Nothing is copied.
  ///
  /// Derivative: the cotangent with the axes moved back.
  public func movedAxes(_ sources: [Int], to destinations: [Int]) -> Tensor {
    if rank == 0 && sources.allSatisfy({ $0 == 0 || $0 == -1 }) { return self }
    let from = sources.map { shape.checkedAxis($0, "movedAxes") }
    let to = destinations.map { shape.checkedAxis($0, "movedAxes") }
    guard from.count == to.count, Set(from).count == from.count, Set(to).count == to.count else {
      fatalError(
        "movedAxes: axes \(sources) to \(destinations) of shape \(shape); there must be as many of one as of the other, "
          + "each once")
    }
    var order: [Int?] = Array(repeating: nil, count: rank)
    for (source, destination) in zip(from, to) { order[destination] = source }
    var rest = shape.indices.filter { !from.contains($0) }[...]
    return permuted(order.map { $0 ?? rest.removeFirst() })
  }

  /// One axis moved to another place. Nothing is copied.
  public func movedAxis(_ source: Int, to destination: Int) -> Tensor { movedAxes([source], to: [destination]) }

  /// The plane of two axes turned by a number of right angles, from the first axis towards the second. Nothing is copied.
  ///
  /// Derivative: the cotangent turned back.
  public func rotated90(_ turns: Int = 1, axes first: Int = 0, _ second: Int = 1) -> Tensor {
    let (a, b) = (shape.checkedAxis(first, "rotated90"), shape.checkedAxis(second, "rotated90"))
    guard a != b else { fatalError("rotated90: both axes are axis \(a) of shape \(shape); they must differ") }
    return switch ((turns % 4) + 4) % 4 {
    case 1: flipped(axes: [b]).transposed(a, b)
    case 2: flipped(axes: [a, b])
    case 3: flipped(axes: [a]).transposed(a, b)
    default: self
    }
  }

  /// An axis parted into several, whose extents multiply to its own; one of them may be −1. Nothing is copied.
  ///
  /// Derivative: the cotangent with the axes joined.
  public func unflattened(axis: Int, sizes: [Int]) -> Tensor {
    let axis = shape.checkedAxis(axis, "unflattened")
    let known = sizes.reduce(1) { $1 == -1 ? $0 : $0.multipliedClamped(by: $1) }
    let full = sizes.map { $0 == -1 ? (known == 0 ? 0 : shape[axis] / known) : $0 }
    guard !sizes.isEmpty, sizes.count(where: { $0 == -1 }) <= 1, full.allSatisfy({ $0 >= 0 }),
      full.reduce(1, { $0.multipliedClamped(by: $1) }) == shape[axis]
    else {
      fatalError(
        "unflattened: sizes \(sizes) for axis \(axis) of shape \(shape); their product must be \(shape[axis]), and at most "
          + "one may be -1")
    }
    return reshaped(Shape(Array(shape[..<axis]) + full + Array(shape[(axis + 1)...])))
  }

  /// The whole tensor repeated along its axes; with fewer counts than axes the last axes are meant, as in PyTorch's `tile`.
  ///
  /// Derivative: the cotangent summed over the copies.
  public func tiled(_ counts: [Int]) -> Tensor {
    repeated(Array(repeating: 1, count: Swift.max(rank - counts.count, 0)) + counts)
  }
}
