/// Calls with addresses; an empty span has none, and then nothing reads it.
extension Span where Element: BitwiseCopyable {
  @inline(__always)
  func withAddress<Result>(_ body: (UnsafePointer<Element>) -> Result) -> Result {
    withUnsafeBufferPointer { body($0.baseAddress ?? UnsafePointer(bitPattern: 64)!) }
  }
}

extension MutableSpan where Element: BitwiseCopyable {
  @inline(__always)
  mutating func withAddress<Result>(_ body: (UnsafeMutablePointer<Element>) -> Result) -> Result {
    withUnsafeMutableBufferPointer { body($0.baseAddress ?? UnsafeMutablePointer(bitPattern: 64)!) }
  }
}
