/// The block sizes of the pool: four steps to each power of two, so that a block is at most a quarter larger
/// than the request from 256 bytes up.
enum SizeClass {
  /// Blocks up to this size are cached per thread shard, without an order of age.
  static let largestSmall = 4096

  /// From this size up a block is its own mapping, aligned to this size so that huge pages can back all of it,
  /// and only rounded up to pages: pages that nobody touches take no memory, steps would show up as use.
  static let smallestMapped = 2 << 20

  static let page = 4096

  static let smallCount = index(largestSmall) + 1

  /// Enough for every size that an address can hold.
  static let count = index(1 << 48) + 1

  /// The class of a request of `byteCount` ≥ 1 bytes.
  @inline(__always)
  static func index(_ byteCount: Int) -> Int {
    if byteCount <= 256 { return (byteCount &+ 63) >> 6 &- 1 }
    let last = byteCount &- 1
    let exponent = Int.bitWidth &- 1 &- last.leadingZeroBitCount
    return 4 &+ (exponent &- 8) << 2 &+ (last >> (exponent &- 2)) &- 4
  }

  /// The largest request of a class.
  @inline(__always)
  static func size(_ index: Int) -> Int {
    if index < 4 { return (index &+ 1) << 6 }
    let exponent = 8 &+ (index &- 4) >> 2
    return (5 &+ (index &- 4) & 3) << (exponent &- 2)
  }

  /// The bytes of the block that serves a request of `byteCount` ≥ 1 bytes.
  @inline(__always)
  static func capacity(_ byteCount: Int) -> Int {
    if byteCount < smallestMapped { return size(index(byteCount)) }
    return (byteCount &+ page &- 1) & ~(page &- 1)
  }
}
