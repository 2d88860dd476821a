import CKernels

/// Whether there is memory for an array of Swift's.
///
/// The runtime stops the process without a word where it gets none. So whoever makes an array as long as a tensor or a file asks
/// here before, and says what for.
package enum ArrayMemory {
  /// Arrays of fewer bytes are not asked for: a system that refuses them has no memory for nodes either.
  package static let smallest = 1 << 16

  /// Whether the system gives so much memory. Asking costs as much as making the array, and less than filling it.
  package static func has(_ byteCount: Int) -> Bool {
    byteCount < smallest || (byteCount <= 1 << 47 && ck_has_memory(Int64(byteCount + 64)) != 0)
  }

  /// Stops the process with one sentence where there is no memory, as for a buffer.
  @inline(__always)
  package static func require(_ byteCount: Int, _ operation: @autoclosure () -> String) {
    if byteCount >= smallest && !has(byteCount) { fatalError(BufferPool.shared.refusal(operation(), byteCount)) }
  }
}
