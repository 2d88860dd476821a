// Rows that lie one after the other, to and from arrays of arrays.
extension Buffer {
  /// A buffer of `count` elements: those of the rows, one row after the other.
  package static func ofRows<Element: BitwiseCopyable>(_ rows: some Sequence<[Element]>, count: Int) -> Buffer {
    let result = Buffer(byteCount: count * MemoryLayout<Element>.stride)
    var place = 0
    for row in rows {
      row.withUnsafeBytes { bytes in
        precondition(bytes.count <= result.byteCount - place, "more elements than the buffer was made for")
        if let base = bytes.baseAddress {
          (result.baseAddress + place).copyMemory(from: base, byteCount: bytes.count)
        }
        place += bytes.count
      }
    }
    precondition(place == result.byteCount, "fewer elements than the buffer was made for")
    return result
  }

  /// `count` rows of `length` elements, from the element `start` on.
  package func rows<Element: BitwiseCopyable>(
    _: Element.Type, from start: Int, count: Int, length: Int, for operation: @autoclosure () -> String
  ) -> [[Element]] {
    let stride = MemoryLayout<Element>.stride
    precondition((start + count * length) * stride <= byteCount, "more elements than the buffer holds")
    ArrayMemory.require(count * length * stride, operation())
    return (0..<count).map { row in
      [Element](writing: length) { memory, initialized in
        UnsafeMutableRawPointer(memory.baseAddress!).copyMemory(
          from: baseAddress + (start + row * length) * stride, byteCount: length * stride)
        initialized = length
      }
    }
  }
}
