import AdjointKernels

/// How elements lie in a buffer when they do not lie row by row from its start.
final class Layout: Sendable, Equatable {
  /// Elements before the first one.
  let offset: Int
  /// Elements per step along each axis.
  let strides: [Int]

  init(offset: Int, strides: [Int]) {
    self.offset = offset
    self.strides = strides
  }

  static func == (a: Layout, b: Layout) -> Bool { a.offset == b.offset && a.strides == b.strides }
}

/// The elements of an evaluated node. A buffer never changes once a value that others may see refers to it.
struct Value: Sendable {
  var buffer: Buffer
  /// nil: contiguous from the buffer's start.
  var layout: Layout?

  init(_ buffer: Buffer, _ layout: Layout? = nil) {
    self.buffer = buffer
    self.layout = layout
  }

  func strides(_ shape: Shape) -> [Int] { layout?.strides ?? shape.contiguousStrides }
  var offset: Int { layout?.offset ?? 0 }
}

extension Value {
  /// The same elements row by row.
  func contiguous(_ type: ElementType, _ shape: Shape) -> Value {
    guard let layout else { return self }
    return Value(buffer.gathered(type, shape: shape.dimensions, offset: layout.offset, strides: layout.strides))
  }

  static func filled(_ bits: UInt64, _ type: ElementType, _ count: Int) -> Value {
    Value(Buffer.filled(bits, type, count: count))
  }
}

extension Layout {
  /// Whether the elements lie row by row from the buffer's start.
  func isContiguous(_ shape: Shape) -> Bool { offset == 0 && shape.isRowByRow(strides) }
}

extension Shape {
  /// Whether these strides go through the elements one after the other; those of axes of extent 1 do not count.
  func isRowByRow(_ strides: [Int]) -> Bool {
    var expected = 1
    for axis in stride(from: rank - 1, through: 0, by: -1) where self[axis] != 1 {
      if strides[axis] != expected { return false }
      expected *= self[axis]
    }
    return true
  }
}
