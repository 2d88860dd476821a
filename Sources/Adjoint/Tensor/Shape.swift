/// The extents of an array, outermost axis first.
///
/// At most 16 axes, stored in place: making, copying and comparing shapes allocates and counts nothing.
public struct Shape: Sendable, Hashable, RandomAccessCollection, ExpressibleByArrayLiteral, CustomStringConvertible {
  /// The most axes that an array can have.
  public static let largestRank = 16

  private var extents: InlineArray<16, Int>
  private var length: Int

  /// The shape of a scalar: no axes, one element.
  @inline(__always) public init() {
    extents = InlineArray(repeating: 0)
    length = 0
  }

  /// A shape with the given extents.
  public init(_ extents: some Sequence<Int>) {
    self.init()
    for extent in extents { append(extent) }
  }

  public init(arrayLiteral extents: Int...) { self.init(extents) }

  /// A shape of one axis.
  @inline(__always) init(vector extent: Int) {
    self.init()
    extents[0] = extent
    length = 1
  }

  /// A shape of two axes.
  init(_ rows: Int, _ columns: Int) {
    self.init()
    extents[0] = rows
    extents[1] = columns
    length = 2
  }

  public var startIndex: Int { 0 }
  public var endIndex: Int { length }

  /// The number of axes.
  public var rank: Int { length }

  /// The number of elements: the product of the extents, 1 for a scalar.
  public var elementCount: Int {
    var count = 1
    for axis in 0..<length { count *= extents[axis] }
    return count
  }

  public subscript(axis: Int) -> Int {
    @inline(__always) get {
      precondition(axis >= 0 && axis < length, "axis out of range")
      return extents[axis]
    }
    set {
      precondition(axis >= 0 && axis < length, "axis out of range")
      extents[axis] = newValue
    }
  }

  /// Adds an innermost axis.
  public mutating func append(_ extent: Int) {
    guard length < Self.largestRank else {
      fatalError("Shape: \(length + 1) axes, beginning with \(self); a tensor has at most \(Self.largestRank)")
    }
    extents[length] = extent
    length += 1
  }

  @inline(__always)
  public static func == (a: Shape, b: Shape) -> Bool {
    if a.length != b.length { return false }
    for axis in 0..<a.length where a.extents[axis] != b.extents[axis] { return false }
    return true
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
