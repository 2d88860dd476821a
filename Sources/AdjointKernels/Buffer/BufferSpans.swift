// A method cannot return a Span that depends on a class instance without an experimental feature: hence closures.
extension Buffer {
  /// Reads the buffer as elements of a type: as many as fit into `byteCount`.
  public func withSpan<Element: BitwiseCopyable, Result: ~Copyable, Failure: Error>(
    of _: Element.Type, _ body: (Span<Element>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let memory = UnsafeBufferPointer(start: UnsafePointer(pointer(to: Element.self)), count: elementCount(Element.self))
    defer { withExtendedLifetime(self) {} }
    return try body(memory.span)
  }

  /// Reads and writes the buffer as elements of a type: as many as fit into `byteCount`.
  ///
  /// The buffer must have no other reference, or the process stops: this is what makes writing safe.
  public static func withMutableSpan<Element: BitwiseCopyable, Result: ~Copyable, Failure: Error>(
    _ buffer: inout Buffer, of _: Element.Type, _ body: (inout MutableSpan<Element>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    guard isKnownUniquelyReferenced(&buffer) else {
      fatalError("Buffer.withMutableSpan: the buffer of \(buffer.byteCount) bytes is shared, so it cannot be written")
    }
    return try buffer.withUncheckedMutableSpan(of: Element.self, body)
  }

  /// As `withMutableSpan`, for callers who know that nobody else reads or writes the buffer meanwhile.
  package func withUncheckedMutableSpan<Element: BitwiseCopyable, Result: ~Copyable, Failure: Error>(
    of _: Element.Type, _ body: (inout MutableSpan<Element>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    var span = MutableSpan(
      _unsafeStart: pointer(to: Element.self), count: elementCount(Element.self))
    defer { withExtendedLifetime(self) {} }
    return try body(&span)
  }

  private func elementCount<Element>(_: Element.Type) -> Int { byteCount / MemoryLayout<Element>.stride }

  private func pointer<Element: BitwiseCopyable>(to _: Element.Type) -> UnsafeMutablePointer<Element> {
    precondition(MemoryLayout<Element>.alignment <= 64)
    return baseAddress.bindMemory(to: Element.self, capacity: elementCount(Element.self))
  }
}
