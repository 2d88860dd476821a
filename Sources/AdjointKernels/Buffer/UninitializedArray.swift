extension Array {
  /// An array of at most `capacity` elements, which `body` writes and counts. Without a capacity `body` is not called.
  ///
  /// The standard initialiser sets the count of an array without capacity as well, and all empty arrays are one object
  /// of the runtime: two threads that make empty arrays would then write to the same place, which is a data race.
  @inline(__always)
  package init(writing capacity: Int, _ body: (UnsafeMutableBufferPointer<Element>, _ count: inout Int) -> Void) {
    if capacity == 0 {
      self = []
    } else {
      self.init(unsafeUninitializedCapacity: capacity) { buffer, count in body(buffer, &count) }
    }
  }
}
