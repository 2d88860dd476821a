/// The extents of an array, outermost axis first.
///
/// At most 16 axes. Up to four, which is what nearly all arrays have, are stored in place: making, copying and comparing
/// such shapes allocates nothing.
public struct Shape: Sendable, Hashable, RandomAccessCollection, ExpressibleByArrayLiteral, CustomStringConvertible {
  /// The most axes that an array can have.
  public static let largestRank = 16

  private static let inPlace = 4

  /// The extents from the fifth axis on. (All in place would make a node of the graph half as large again.)
  private final class More: Sendable {
    let extents: InlineArray<12, Int>
    init(_ extents: InlineArray<12, Int>) { self.extents = extents }
  }

  /// What is not in use is 0.
  private var extents: InlineArray<4, Int>
  private var more: More?
  private var length: UInt8

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
  public var endIndex: Int { Int(length) }

  /// The number of axes.
  public var rank: Int { Int(length) }

  /// The number of elements: the product of the extents, 1 for a scalar.
  public var elementCount: Int {
    let possible = possibleElementCount
    return possible >= 0 ? possible : uncheckedElementCount()
  }

  /// The number of elements, or −1 for a shape that no tensor can have.
  @inline(__always) var possibleElementCount: Int {
    var count = 1
    var isEmpty = false
    var isPossible = true
    @inline(__always) func take(_ extent: Int) {
      let (product, isOver) = count.multipliedReportingOverflow(by: Swift.max(extent, 1))
      isPossible = isPossible && !isOver && product <= Self.largestElementCount && extent >= 0
      isEmpty = isEmpty || extent == 0
      count = product
    }
    for axis in 0..<Swift.min(rank, Self.inPlace) { take(extents[axis]) }
    if let more { for index in 0..<rank - Self.inPlace { take(more.extents[index]) } }
    return isPossible ? isEmpty ? 0 : count : -1
  }

  /// Of a shape that no tensor can have: the product all the same, if it is a number.
  @inline(never) private func uncheckedElementCount() -> Int {
    if contains(0) { return 0 }
    var count = 1
    for extent in self {
      let (product, isOver) = count.multipliedReportingOverflow(by: extent)
      if isOver {
        fatalError("elementCount: the product of the extents of \(self) is beyond the largest Int, \(Int.max)")
      }
      count = product
    }
    return count
  }

  public subscript(axis: Int) -> Int {
    @inline(__always) get {
      if axis < 0 || axis >= rank { refuse(axis) }
      return axis < Self.inPlace ? extents[axis] : more.unsafelyUnwrapped.extents[axis - Self.inPlace]
    }
    set {
      if axis < 0 || axis >= rank { refuse(axis) }
      store(newValue, at: axis)
    }
  }

  @inline(never) private func refuse(_ axis: Int) -> Never {
    fatalError("Shape: axis \(axis) of \(self); the axes of this shape are counted from 0 and there are \(rank)")
  }

  private mutating func store(_ extent: Int, at axis: Int) {
    if axis < Self.inPlace {
      extents[axis] = extent
    } else {
      var others = more?.extents ?? InlineArray(repeating: 0)
      others[axis - Self.inPlace] = extent
      more = More(others)
    }
  }

  /// Adds an innermost axis.
  public mutating func append(_ extent: Int) {
    guard rank < Self.largestRank else {
      fatalError("Shape: \(rank + 1) axes, beginning with \(self); a tensor has at most \(Self.largestRank)")
    }
    store(extent, at: rank)
    length += 1
  }

  @inline(__always)
  public static func == (a: Shape, b: Shape) -> Bool {
    if a.length != b.length { return false }
    for axis in 0..<Self.inPlace where a.extents[axis] != b.extents[axis] { return false }
    return a.more == nil || a.hasEqualRest(b)
  }

  private func hasEqualRest(_ other: Shape) -> Bool {
    for axis in Self.inPlace..<rank where self[axis] != other[axis] { return false }
    return true
  }

  public func hash(into hasher: inout Hasher) {
    for extent in self { hasher.combine(extent) }
  }

  /// A digest of the extents.
  @inline(__always) var digest: UInt64 {
    var result = UInt64(truncatingIfNeeded: length) &* 0x9E37_79B9_7F4A_7C15
    for axis in 0..<rank { result = result.mixed(with: UInt64(bitPattern: Int64(self[axis]))) }
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
    if self == other || other.rank == 0 { return self }
    if rank == 0 { return other }
    var result = rank >= other.rank ? self : other
    for back in 1...Swift.min(rank, other.rank) {
      let a = self[rank - back]
      let b = other[other.rank - back]
      if a == b { continue }
      if a != 1 && b != 1 { return nil }
      result[result.rank - back] = a == 1 ? b : a
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
    let index = axis < 0 ? axis + rank : axis
    return index >= 0 && index < rank ? index : nil
  }

  func removing(axis: Int) -> Shape {
    var result = Shape()
    for other in 0..<rank where other != axis { result.append(self[other]) }
    return result
  }

  func inserting(_ extent: Int, at axis: Int) -> Shape {
    var extents = dimensions
    extents.insert(extent, at: axis)
    return Shape(extents)
  }
}
