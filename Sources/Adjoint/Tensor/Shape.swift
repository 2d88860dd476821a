/// The extents of an array, outermost axis first.
///
/// Up to four extents are stored in place, so that making, comparing and copying the shapes of ordinary
/// tensors allocates nothing.
public struct Shape: Sendable, Hashable, RandomAccessCollection, ExpressibleByArrayLiteral, CustomStringConvertible {
  private var first = (0, 0, 0, 0)
  private var rest: [Int]?
  private var length: Int

  /// The shape of a scalar: no axes, one element.
  public init() { length = 0 }

  /// A shape with the given extents.
  public init(_ extents: some Sequence<Int>) {
    length = 0
    for extent in extents { append(extent) }
  }

  public init(arrayLiteral extents: Int...) { self.init(extents) }

  /// A shape of one axis.
  @inline(__always) init(vector extent: Int) {
    first.0 = extent
    length = 1
  }

  /// A shape of two axes.
  init(_ rows: Int, _ columns: Int) {
    first.0 = rows
    first.1 = columns
    length = 2
  }

  public var startIndex: Int { 0 }
  public var endIndex: Int { length }

  /// The number of axes.
  public var rank: Int { length }

  /// The number of elements: the product of the extents, 1 for a scalar.
  public var elementCount: Int {
    switch length {
    case 0: 1
    case 1: first.0
    case 2: first.0 * first.1
    default: reduce(1, *)
    }
  }

  public subscript(axis: Int) -> Int {
    get {
      precondition(axis >= 0 && axis < length, "axis out of range")
      switch axis {
      case 0: return first.0
      case 1: return first.1
      case 2: return first.2
      case 3: return first.3
      default: return rest![axis - 4]
      }
    }
    set {
      precondition(axis >= 0 && axis < length, "axis out of range")
      switch axis {
      case 0: first.0 = newValue
      case 1: first.1 = newValue
      case 2: first.2 = newValue
      case 3: first.3 = newValue
      default: rest![axis - 4] = newValue
      }
    }
  }

  /// Adds an innermost axis.
  public mutating func append(_ extent: Int) {
    length += 1
    if length > 4 {
      if rest == nil { rest = [] }
      rest!.append(extent)
    } else {
      self[length - 1] = extent
    }
  }

  public static func == (a: Shape, b: Shape) -> Bool {
    a.length == b.length && a.first == b.first && a.rest == b.rest
  }

  public func hash(into hasher: inout Hasher) {
    for extent in self { hasher.combine(extent) }
  }

  /// A digest of the extents.
  @inline(__always) var digest: UInt64 {
    var result = UInt64(truncatingIfNeeded: length) &* 0x9E37_79B9_7F4A_7C15
    for axis in 0..<length { result = result.mixed(with: UInt64(bitPattern: Int64(self[axis]))) }
    return result
  }

  /// The extents as PyTorch writes them: `[2, 3]`.
  public var description: String { "[" + map(String.init).joined(separator: ", ") + "]" }

  /// The extents as an array.
  public var dimensions: [Int] { Array(self) }
}

extension Shape {
  /// Row-major strides in elements.
  var contiguousStrides: [Int] {
    var strides = Array(repeating: 1, count: rank)
    for axis in stride(from: rank - 2, through: 0, by: -1) {
      strides[axis] = strides[axis + 1] * Swift.max(self[axis + 1], 1)
    }
    return strides
  }

  /// Whether the shapes agree once axes of extent 1 are left out.
  func agreesWithoutUnitAxes(_ other: Shape) -> Bool {
    lazy.filter { $0 != 1 }.elementsEqual(other.lazy.filter { $0 != 1 })
  }

  /// The shape that both broadcast to, or nil: axes are aligned from the right, and an extent of 1 stretches.
  func broadcast(with other: Shape) -> Shape? {
    if self == other || other.length == 0 { return self }
    if length == 0 { return other }
    var result = length >= other.length ? self : other
    for back in 1...Swift.min(length, other.length) {
      let a = self[length - back]
      let b = other[other.length - back]
      if a == b { continue }
      if a != 1 && b != 1 { return nil }
      result[result.length - back] = a == 1 ? b : a
    }
    return result
  }

  /// The strides, over the axes of `target`, of an array of this shape with the given strides.
  func strides(_ strides: [Int], over target: Shape) -> [Int] {
    var result = Array(repeating: 0, count: target.rank)
    for axis in 0..<rank where self[axis] != 1 { result[target.rank - rank + axis] = strides[axis] }
    return result
  }

  /// The axis as an index from the front, or nil if it is out of range; negative axes count from the back.
  func axis(_ axis: Int) -> Int? {
    let index = axis < 0 ? axis + length : axis
    return index >= 0 && index < length ? index : nil
  }

  func removing(axis: Int) -> Shape {
    var result = Shape()
    for other in 0..<length where other != axis { result.append(self[other]) }
    return result
  }

  func inserting(_ extent: Int, at axis: Int) -> Shape {
    var extents = dimensions
    extents.insert(extent, at: axis)
    return Shape(extents)
  }
}
