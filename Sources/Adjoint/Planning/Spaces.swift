import AdjointKernels

/// The spaces of elements that the passes of a plan walk, by number: shapes without their axes of extent 1.
struct Spaces {
  private var shapes: [Shape] = []
  private var numbers: [Shape: Int32] = [:]
  private var last: (shape: Shape, number: Int32)?

  var count: Int { shapes.count }

  subscript(number: Int32) -> Shape { shapes[Int(number)] }

  mutating func number(of shape: Shape) -> Int32 {
    // Neighbours in a graph have the same shape more often than not.
    if let last, last.shape == shape { return last.number }
    let compact = shape.withoutUnitAxes
    let number = numbers[compact] ?? Int32(shapes.count)
    if number == shapes.count {
      shapes.append(compact)
      numbers[compact] = number
    }
    last = (shape, number)
    return number
  }
}

extension Shape {
  /// The shape without the axes of extent 1.
  var withoutUnitAxes: Shape {
    var result = Shape()
    for axis in 0..<rank where self[axis] != 1 { result.append(self[axis]) }
    return result
  }

  /// Whether the extents other than 1 are the same, in the same order.
  @inline(__always) func hasSameExtents(as other: Shape) -> Bool {
    if self == other { return true }
    var (a, b) = (0, 0)
    while true {
      while a < rank && self[a] == 1 { a += 1 }
      while b < other.rank && other[b] == 1 { b += 1 }
      if a == rank || b == other.rank { return a == rank && b == other.rank }
      if self[a] != other[b] { return false }
      a += 1
      b += 1
    }
  }

  /// A mask of axes, for the shape without its axes of extent 1.
  func compactMask(_ mask: Int) -> Int {
    var (result, place) = (0, 0)
    for axis in 0..<rank where self[axis] != 1 {
      result |= (mask >> axis & 1) << place
      place += 1
    }
    return result
  }

  /// Whether the axes of a mask are the innermost ones and short enough for rows to stay in tiles.
  func isTiledRows(_ reduced: Int) -> Bool {
    var length = 1
    for axis in reduced.trailingZeroBitCount..<rank {
      if reduced >> axis & 1 == 0 { return false }
      length *= self[axis]
    }
    return length <= TileSpace.longestTiledRow
  }

  /// The space of a pass that reduces over the axes of a mask.
  func tileSpace(reducing reduced: Int) -> TileSpace {
    if reduced == 0 { return .elements(dimensions) }
    let first = reduced.trailingZeroBitCount
    let last = Int.bitWidth - 1 - reduced.leadingZeroBitCount
    let (outer, middle) = (Array(self[..<first]), Array(self[first...last]))
    if last < rank - 1 { return .columns(outer: outer, reduced: middle, inner: Array(self[(last + 1)...])) }
    return isTiledRows(reduced) ? .rows(kept: outer, reduced: middle) : .longRows(kept: outer, reduced: middle)
  }
}
