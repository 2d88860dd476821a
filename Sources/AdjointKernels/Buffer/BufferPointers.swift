// Memory of others': the edge at which a client's pointers come in and go out.
extension Buffer {
  /// A buffer that holds a copy of the elements.
  package static func copying<Element: BitwiseCopyable>(_ elements: UnsafeBufferPointer<Element>) -> Buffer {
    let bytes = UnsafeRawBufferPointer(elements)
    let result = Buffer(byteCount: bytes.count)
    if let base = bytes.baseAddress { result.baseAddress.copyMemory(from: base, byteCount: bytes.count) }
    return result
  }

  /// A buffer of the memory itself, which `deallocator` gets back when nothing refers to the buffer any more. At once where there are no elements.
  package static func adopting<Element: BitwiseCopyable>(
    _ elements: UnsafeMutableBufferPointer<Element>,
    _ deallocator: @escaping @Sendable (UnsafeMutableBufferPointer<Element>) -> Void
  ) -> Buffer {
    guard let address = elements.baseAddress, elements.count > 0 else {
      deallocator(elements)
      return Buffer(byteCount: 0)
    }
    guard Int(bitPattern: address) % MemoryLayout<Element>.alignment == 0 else {
      fatalError(
        "Tensor: memory at \(address) to take over; elements of \(Element.self) lie at multiples of \(MemoryLayout<Element>.alignment)"
      )
    }
    let (bits, count) = (UInt(bitPattern: address), elements.count)
    return Buffer(adopting: UnsafeMutableRawBufferPointer(elements)) {
      deallocator(UnsafeMutableBufferPointer(start: UnsafeMutablePointer(bitPattern: bits), count: count))
    }
  }

  /// Hands out the first `count` elements to read.
  package func withUnsafeElements<Element: BitwiseCopyable, Result: ~Copyable, Failure: Error>(
    of _: Element.Type, count: Int, _ body: (UnsafeBufferPointer<Element>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    precondition(count * MemoryLayout<Element>.stride <= byteCount, "more elements than the buffer holds")
    defer { withExtendedLifetime(self) {} }
    let start = UnsafePointer(baseAddress.bindMemory(to: Element.self, capacity: count))
    return try body(UnsafeBufferPointer(start: start, count: count))
  }
}
