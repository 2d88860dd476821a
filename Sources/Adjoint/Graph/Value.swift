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

  /// The same elements seen through other strides; contiguous layouts are recognised.
  static func view(_ buffer: Buffer, shape: Shape, offset: Int, strides: [Int]) -> Value {
    if offset == 0 {
      var expected = 1
      var contiguous = true
      for axis in stride(from: shape.rank - 1, through: 0, by: -1) where shape[axis] != 1 {
        if strides[axis] != expected { contiguous = false }
        expected *= shape[axis]
      }
      if contiguous || shape.elementCount == 0 { return Value(buffer) }
    }
    return Value(buffer, Layout(offset: offset, strides: strides))
  }
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

  static func identity(_ reduction: TileReduction, _ type: ElementType, _ count: Int) -> Value {
    Value(Buffer.identity(reduction, type, count: count))
  }
}
