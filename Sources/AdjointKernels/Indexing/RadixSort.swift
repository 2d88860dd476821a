/// A key and the place that its element came from.
struct KeyedPlace<
  Key: FixedWidthInteger & UnsignedInteger & BitwiseCopyable, Place: FixedWidthInteger & BitwiseCopyable
>:
  BitwiseCopyable
{
  var key: Key
  var place: Place
}

/// Sorting by the digits of keys, the last first: linear, and equal keys keep their order (Knuth, *The Art of Computer
/// Programming* 5.2.5).
struct RadixSort<
  Key: FixedWidthInteger & UnsignedInteger & BitwiseCopyable & Sendable & SendableMetatype,
  Place: FixedWidthInteger & BitwiseCopyable & Sendable & SendableMetatype
> {
  typealias Entry = KeyedPlace<Key, Place>
  typealias Entries = UnsafeMutablePointer<Entry>

  /// Up to here insertion is faster than 256 counters a digit.
  private static var fewest: Int { 64 }
  /// As many entries as one thread moves at a time.
  private static var block: Int { 1 << 16 }

  /// Sorts entries, with as much memory again to move them to and fro; the result is in one of the two.
  static func sort(_ entries: Entries, _ spare: Entries, count: Int) -> Entries {
    if count <= fewest {
      insert(entries, count)
      return entries
    }
    nonisolated(unsafe) var (from, to) = (entries, spare)
    let blocks = (count + block - 1) / block
    let counters = Buffer(byteCount: blocks * 256 * MemoryLayout<Int>.stride)
    nonisolated(unsafe) let places = counters.baseAddress.bindMemory(to: Int.self, capacity: blocks * 256)
    for digit in 0..<Key.bitWidth / 8 {
      let shift = Key(8 * digit)
      Parallelism.forEachBlock(blocks) { index in
        let own = places + index * 256
        own.update(repeating: 0, count: 256)
        for k in index * block..<min(count, (index + 1) * block) {
          own[Int(truncatingIfNeeded: from[k].key &>> shift) & 255] += 1
        }
      }
      if startPlaces(places, blocks, count) { continue }
      Parallelism.forEachBlock(blocks) { index in
        let own = places + index * 256
        for k in index * block..<min(count, (index + 1) * block) {
          let value = Int(truncatingIfNeeded: from[k].key &>> shift) & 255
          to[own[value]] = from[k]
          own[value] += 1
        }
      }
      swap(&from, &to)
    }
    return from
  }

  /// Turns counts into the places where each block's entries of each digit go; true where all have the same digit.
  private static func startPlaces(_ counters: UnsafeMutablePointer<Int>, _ blocks: Int, _ count: Int) -> Bool {
    var start = 0
    for value in 0..<256 {
      let first = start
      for index in 0..<blocks {
        let number = counters[index * 256 + value]
        counters[index * 256 + value] = start
        start += number
      }
      if start - first == count { return true }
    }
    return false
  }

  /// Sorting by insertion.
  static func insert(_ entries: Entries, _ count: Int) {
    for k in 1..<max(count, 1) {
      let entry = entries[k]
      var hole = k
      while hole > 0 && entries[hole - 1].key > entry.key {
        entries[hole] = entries[hole - 1]
        hole -= 1
      }
      entries[hole] = entry
    }
  }

  /// The place of the entry that `rank` others precede, of entries in the order of their places.
  ///
  /// By the keys' digits, the first first: entries with another digit than the one looked for drop out.
  static func select(_ entries: Entries, count: Int, rank: Int) -> Place {
    let bits = 11
    var (count, rank, shift) = (count, rank, Key.bitWidth)
    return withUnsafeTemporaryAllocation(of: Int.self, capacity: 1 << bits) { counters in
      while count > fewest && shift > 0 {
        shift = max(0, shift - bits)
        let mask = (1 << bits) - 1
        counters.update(repeating: 0)
        for k in 0..<count { counters[Int(truncatingIfNeeded: entries[k].key &>> Key(shift)) & mask] += 1 }
        var digit = 0
        while rank >= counters[digit] {
          rank -= counters[digit]
          digit += 1
        }
        var kept = 0
        for k in 0..<count where Int(truncatingIfNeeded: entries[k].key &>> Key(shift)) & mask == digit {
          entries[kept] = entries[k]
          kept += 1
        }
        count = kept
      }
      // All keys are equal, or there are few.
      if count <= fewest { insert(entries, count) }
      return entries[rank].place
    }
  }
}
