#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A growing list of plain values, for work that is done again and again: emptying it costs nothing, and adding to it a
/// comparison and a store.
///
/// (An array asks at each addition whether it is shared and whether it is large enough, and is emptied by a loop.)
@_spi(Engine) public struct Scratch<Element: BitwiseCopyable>: ~Copyable {
  @usableFromInline var base: UnsafeMutablePointer<Element>
  @usableFromInline var capacity: Int
  public var count = 0

  public init() {
    capacity = 32
    base = .allocate(capacity: capacity)
  }

  deinit { base.deallocate() }

  @inlinable @inline(__always)
  public mutating func append(_ element: Element) {
    if count == capacity { grow() }
    base[count] = element
    count += 1
  }

  @usableFromInline @inline(never)
  mutating func grow() {
    let larger = UnsafeMutablePointer<Element>.allocate(capacity: 2 * capacity)
    larger.update(from: base, count: count)
    base.deallocate()
    base = larger
    capacity *= 2
  }

  @inlinable public subscript(index: Int) -> Element {
    @inline(__always) get {
      assert(index >= 0 && index < count)
      return base[index]
    }
    @inline(__always) set {
      assert(index >= 0 && index < count)
      base[index] = newValue
    }
  }

  @inlinable public var indices: Range<Int> { @inline(__always) get { 0..<count } }
  @inlinable public var isEmpty: Bool { @inline(__always) get { count == 0 } }

  @inlinable @inline(__always)
  public mutating func removeLast() -> Element {
    count -= 1
    return base[count]
  }

  /// Empties the list; what a huge use needed is given back.
  @inlinable @inline(__always)
  public mutating func removeAll() {
    count = 0
    if capacity > 1 << 17 { shrink() }
  }

  @usableFromInline @inline(never)
  mutating func shrink() {
    base.deallocate()
    capacity = 32
    base = .allocate(capacity: capacity)
  }

  /// Whether the list has these elements, bit by bit.
  public func holds(_ other: ContiguousArray<Element>) -> Bool {
    count == other.count
      && other.withUnsafeBytes { bytes in
        bytes.count == 0 || memcmp(bytes.baseAddress!, base, bytes.count) == 0
      }
  }

  /// The elements as an array.
  public var array: ContiguousArray<Element> {
    ContiguousArray(UnsafeBufferPointer(start: base, count: count))
  }
}
