import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Free blocks of up to 4 KiB.
///
/// A graph of small tensors asks for such blocks at every operation, so a pair of request and release must cost
/// about as much as the reference counting around it. Free blocks are kept in linked lists, one per size, in
/// shards that threads are spread over: each operation takes one uncontended spin lock, and everything that is
/// counted is counted under it with plain arithmetic. (A cache per thread would save the lock, but then neither
/// trimming nor statistics could reach it.)
final class SmallBlockCache: @unchecked Sendable {
  private struct Bin {
    var first: UnsafeMutableRawPointer?
    var cachedBytes = 0
    var requests = 0
    var allocations = 0
  }

  private struct Shard: ~Copyable {
    let lock = SpinLock()
    /// May be negative: a block can be taken in one shard and given to another. Written under the lock, read by
    /// anybody.
    let bytesInUse = Atomic<Int>(0)
    /// Guarded by the lock. Elsewhere in memory, because to Swift a change of a member is a change of the whole
    /// struct, and the thread sanitizer takes its word for it.
    let bins = UnsafeMutablePointer<Bin>.allocate(capacity: SizeClass.smallCount)

    /// Keeps the locks of different threads on different cache lines, and on different pairs of them.
    private let padding = InlineArray<13, UInt64>(repeating: 0)

    init() { bins.initialize(repeating: Bin(), count: SizeClass.smallCount) }
    deinit { bins.deallocate() }
  }

  private static let shardCount = 8
  private let shards = UnsafeMutablePointer<Shard>.allocate(capacity: shardCount)

  /// The bound of each list of each shard: an eighth of a mebibyte, so 20 MiB over all.
  private let binLimit = Atomic<Int>(0)

  init() {
    for index in 0..<Self.shardCount { (shards + index).initialize(to: Shard()) }
  }

  deinit {
    trim()
    shards.deinitialize(count: Self.shardCount)
    shards.deallocate()
  }

  /// Holds all shards, or opens them again: while the process is copied.
  func acquireAll() { for index in 0..<Self.shardCount { shards[index].lock.acquire() } }
  func releaseAll() { for index in 0..<Self.shardCount { shards[index].lock.release() } }

  func setLimit(_ bytes: Int) {
    let limit = min(128 << 10, bytes / (Self.shardCount * SizeClass.smallCount))
    if binLimit.exchange(limit, ordering: .relaxed) > limit { trim() }
  }

  /// The calling thread's shard. Descriptors of threads are pages apart: the multiplication mixes their bits.
  @inline(__always)
  private var shard: UnsafeMutablePointer<Shard> {
    #if canImport(Darwin)
      let thread = UInt(bitPattern: pthread_self())
    #else
      let thread = UInt(pthread_self())
    #endif
    return shards + Int(truncatingIfNeeded: ((thread >> 8) &* 0x9E37_79B9_7F4A_7C15) >> 61)
  }

  /// A free block of a class, nil if there is none; counted as in use in both cases.
  @inline(__always)
  func take(_ index: Int) -> UnsafeMutableRawPointer? {
    let shard = shard
    let bins = shard.pointee.bins
    let size = SizeClass.size(index)
    return shard.pointee.lock.withLock {
      shard.pointee.bytesInUse.store(shard.pointee.bytesInUse.load(ordering: .relaxed) &+ size, ordering: .relaxed)
      bins[index].requests &+= 1
      guard let block = bins[index].first else {
        bins[index].allocations &+= 1
        return nil
      }
      bins[index].first = block.load(as: UnsafeMutableRawPointer?.self)
      bins[index].cachedBytes &-= size
      return block
    }
  }

  /// Counts a block as unused that was counted as in use and that the system then refused.
  func takeBack(_ index: Int) {
    let shard = shard
    shard.pointee.lock.withLock {
      shard.pointee.bytesInUse.store(
        shard.pointee.bytesInUse.load(ordering: .relaxed) &- SizeClass.size(index), ordering: .relaxed)
    }
  }

  /// Keeps a block, or returns false when its list is full; counted as unused in both cases.
  @inline(__always)
  func give(_ block: UnsafeMutableRawPointer, _ index: Int) -> Bool {
    let shard = shard
    let bins = shard.pointee.bins
    let size = SizeClass.size(index)
    let limit = binLimit.load(ordering: .relaxed)
    return shard.pointee.lock.withLock {
      shard.pointee.bytesInUse.store(shard.pointee.bytesInUse.load(ordering: .relaxed) &- size, ordering: .relaxed)
      guard bins[index].cachedBytes &+ size <= limit else { return false }
      block.storeBytes(of: bins[index].first, as: UnsafeMutableRawPointer?.self)
      bins[index].first = block
      bins[index].cachedBytes &+= size
      return true
    }
  }

  /// Gives every free block back to the system.
  func trim() {
    for number in 0..<Self.shardCount {
      for index in 0..<SizeClass.smallCount {
        let shard = shards + number
        let bins = shard.pointee.bins
        var block = shard.pointee.lock.withLock {
          let first = bins[index].first
          bins[index].first = nil
          bins[index].cachedBytes = 0
          return first
        }
        while let current = block {
          block = current.load(as: UnsafeMutableRawPointer?.self)
          SystemMemory.release(current, SizeClass.size(index))
        }
      }
    }
  }

  var bytesInUse: Int {
    (0..<Self.shardCount).reduce(0) { $0 + shards[$1].bytesInUse.load(ordering: .relaxed) }
  }

  /// What is cached, requests and allocations, over the classes from one up.
  func counts(from first: Int) -> (cached: Int, requests: Int, allocations: Int) {
    var result = (cached: 0, requests: 0, allocations: 0)
    for number in 0..<Self.shardCount {
      let shard = shards + number
      let bins = shard.pointee.bins
      let part = shard.pointee.lock.withLock {
        var part = (cached: 0, requests: 0, allocations: 0)
        for index in first..<max(first, SizeClass.smallCount) {
          part.cached += bins[index].cachedBytes
          part.requests += bins[index].requests
          part.allocations += bins[index].allocations
        }
        return part
      }
      result.cached += part.cached
      result.requests += part.requests
      result.allocations += part.allocations
    }
    return result
  }

  func resetCounters() {
    for number in 0..<Self.shardCount {
      let shard = shards + number
      let bins = shard.pointee.bins
      shard.pointee.lock.withLock {
        for index in 0..<SizeClass.smallCount {
          bins[index].requests = 0
          bins[index].allocations = 0
        }
      }
    }
  }
}
