extension Buffer {
  /// A buffer that holds the elements.
  public static func of<Element: BitwiseCopyable>(_ elements: [Element]) -> Buffer {
    let result = Buffer(byteCount: elements.count * MemoryLayout<Element>.stride)
    elements.withUnsafeBytes {
      if let base = $0.baseAddress { result.baseAddress.copyMemory(from: base, byteCount: $0.count) }
    }
    return result
  }

  /// A buffer that holds the elements, nil where the system has no memory for it.
  package static func ifPossible<Element: BitwiseCopyable>(of elements: [Element]) -> Buffer? {
    guard let result = Buffer(ifPossible: elements.count * MemoryLayout<Element>.stride) else { return nil }
    elements.withUnsafeBytes {
      if let base = $0.baseAddress { result.baseAddress.copyMemory(from: base, byteCount: $0.count) }
    }
    return result
  }

  /// A buffer of `count` elements that `body` initialises.
  public static func initialized<Element: BitwiseCopyable>(
    _: Element.Type, count: Int, _ body: (inout OutputSpan<Element>) -> Void
  ) -> Buffer {
    initializing(Element.self, count: count, body).buffer
  }

  /// A buffer of up to `count` elements that `body` initialises, and how many it did.
  package static func initializing<Element: BitwiseCopyable, Failure: Error>(
    _: Element.Type, count: Int, _ body: (inout OutputSpan<Element>) throws(Failure) -> Void
  ) throws(Failure) -> (buffer: Buffer, initializedCount: Int) {
    let result = Buffer(byteCount: count * MemoryLayout<Element>.stride)
    let memory = UnsafeMutableBufferPointer(
      start: result.baseAddress.bindMemory(to: Element.self, capacity: count), count: count)
    var output = OutputSpan(buffer: memory, initializedCount: 0)
    try body(&output)
    return (result, output.finalize(for: memory))
  }

  /// The first `count` elements. Where the system has no memory for the array the process stops, as for a buffer.
  public func elements<Element: BitwiseCopyable>(_: Element.Type, count: Int) -> [Element] {
    elements(Element.self, count: count, for: "Buffer.elements")
  }

  /// As `elements(_:count:)`, for an operation that the sentence names.
  package func elements<Element: BitwiseCopyable>(
    _: Element.Type, count: Int, for operation: @autoclosure () -> String
  ) -> [Element] {
    precondition(count * MemoryLayout<Element>.stride <= byteCount, "more elements than the buffer holds")
    ArrayMemory.require(count * MemoryLayout<Element>.stride, operation())
    return [Element](writing: count) { memory, initialized in
      UnsafeMutableRawPointer(memory.baseAddress!).copyMemory(
        from: baseAddress, byteCount: count * MemoryLayout<Element>.stride)
      initialized = count
    }
  }

  /// One element.
  public func element<Element: BitwiseCopyable>(_: Element.Type, at index: Int) -> Element {
    precondition((index + 1) * MemoryLayout<Element>.stride <= byteCount, "an element beyond the buffer's end")
    return baseAddress.load(fromByteOffset: index * MemoryLayout<Element>.stride, as: Element.self)
  }
}
