/// The space of elements that a tile program walks, in row-major order, and what its reductions reduce.
public enum TileSpace: Sendable, Hashable {
  /// No reduction.
  case elements([Int])
  /// Reductions over the trailing dimensions `reduced`; a whole row fits in a tile, so that reduced values
  /// can be used again in the same program.
  case rows(kept: [Int], reduced: [Int])
  /// Reductions over trailing dimensions that are too long for a tile; reduced values are results only.
  case longRows(kept: [Int], reduced: [Int])
  /// Reductions over dimensions in the middle or in front; reduced values are results only.
  case columns(outer: [Int], reduced: [Int], inner: [Int])

  /// Rows up to this many elements are kept in tiles whole.
  public static let longestTiledRow = 8192

  /// All dimensions, outermost first.
  var shape: [Int] {
    switch self {
    case .elements(let shape): shape
    case .rows(let kept, let reduced), .longRows(let kept, let reduced): kept + reduced
    case .columns(let outer, let reduced, let inner): outer + reduced + inner
    }
  }

  /// The number of elements.
  var elementCount: Int { shape.reduce(1) { $0.multipliedReportingOverflow(by: $1).partialValue } }

  /// The dimensions that remain after the reductions.
  var keptShape: [Int] {
    switch self {
    case .elements(let shape): shape
    case .rows(let kept, _), .longRows(let kept, _): kept
    case .columns(let outer, _, let inner): outer + inner
    }
  }
}

/// Where the elements of a smaller array lie in a space whose other elements are zero: element k of an axis at
/// `starts + k · steps`.
public struct PlacedAccess: Sendable {
  /// One entry per dimension of the space, at least one; strides are the array's own, in elements.
  let starts, steps, extents, strides: [Int]

  public init(starts: [Int], steps: [Int], extents: [Int], strides: [Int]) {
    precondition(!starts.isEmpty && starts.count == steps.count)
    self.starts = starts
    self.steps = steps
    self.extents = extents
    self.strides = strides
  }
}

/// Strides of one operand over a space, with neighbouring dimensions merged where one stride serves both.
struct StridedAccess: Equatable {
  var shape: [Int] = []
  var strides: [Int] = []

  init(shape: [Int], strides: [Int]) {
    for (extent, stride) in zip(shape, strides) where extent != 1 {
      if let last = self.strides.last, last == stride * extent {
        self.shape[self.shape.count - 1] *= extent
        self.strides[self.strides.count - 1] = stride
      } else {
        self.shape.append(extent)
        self.strides.append(stride)
      }
    }
  }

  var isUniform: Bool { strides.allSatisfy { $0 == 0 } }
  var isContiguous: Bool { shape.isEmpty || (shape.count == 1 && strides[0] == 1) }

  /// The number of elements after which the operand repeats, if it does.
  var period: Int? {
    guard let first = strides.first, first == 0, shape.count > 1 else { return nil }
    return shape.dropFirst().reduce(1, *)
  }
}
