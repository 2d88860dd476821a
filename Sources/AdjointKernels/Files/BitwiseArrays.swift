/// The values whose bytes, one after the other, these are: one copy of memory.
///
/// Every bit pattern must be a value of the type: true for numbers, not for `Bool`. The byte order is the machine's,
/// which is little-endian on every platform that this package supports.
package func values<Element: BitwiseCopyable>(of type: Element.Type, from bytes: [UInt8]) -> [Element] {
  let count = bytes.count / MemoryLayout<Element>.size
  return [Element](writing: count) { buffer, initialized in
    bytes.withUnsafeBytes {
      UnsafeMutableRawBufferPointer(buffer).copyMemory(
        from: UnsafeRawBufferPointer(rebasing: $0[..<(count * MemoryLayout<Element>.size)]))
    }
    initialized = count
  }
}

/// The bytes of the values, one after the other.
package func bytes<Element: BitwiseCopyable>(of values: [Element]) -> [UInt8] {
  values.withUnsafeBytes { [UInt8]($0) }
}
