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
    var bins = InlineArray<20, Bin>(repeating: Bin())
  }

  private static let shardCount = 8
  private let shards: UnsafeMutablePointer<Shard>

  /// The bound of each list of each shard: an eighth of a mebibyte, so 20 MiB over all.
  private let binLimit = Atomic<Int>(0)

  init() {
    precondition(SizeClass.smallCount == 20)
    shards = .allocate(capacity: Self.shardCount)
    for index in 0..<Self.shardCount { (shards + index).initialize(to: Shard()) }
  }

  deinit {
    trim()
    shards.deinitialize(count: Self.shardCount)
    shards.deallocate()
  }

  func setLimit(_ bytes: Int) {
    binLimit.store(min(128 << 10, bytes / (Self.shardCount * SizeClass.smallCount)), ordering: .relaxed)
    if bytes == 0 { trim() }
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
    let size = SizeClass.size(index)
    return shard.pointee.lock.withLock {
      shard.pointee.bytesInUse.store(shard.pointee.bytesInUse.load(ordering: .relaxed) &+ size, ordering: .relaxed)
      shard.pointee.bins[index].requests &+= 1
      guard let block = shard.pointee.bins[index].first else {
        shard.pointee.bins[index].allocations &+= 1
        return nil
      }
      shard.pointee.bins[index].first = block.load(as: UnsafeMutableRawPointer?.self)
      shard.pointee.bins[index].cachedBytes &-= size
      return block
    }
  }

  /// Keeps a block, or returns false when its list is full; counted as unused in both cases.
  @inline(__always)
  func give(_ block: UnsafeMutableRawPointer, _ index: Int) -> Bool {
    let shard = shard
    let size = SizeClass.size(index)
    let limit = binLimit.load(ordering: .relaxed)
    return shard.pointee.lock.withLock {
      shard.pointee.bytesInUse.store(shard.pointee.bytesInUse.load(ordering: .relaxed) &- size, ordering: .relaxed)
      guard shard.pointee.bins[index].cachedBytes &+ size <= limit else { return false }
      block.storeBytes(of: shard.pointee.bins[index].first, as: UnsafeMutableRawPointer?.self)
      shard.pointee.bins[index].first = block
      shard.pointee.bins[index].cachedBytes &+= size
      return true
    }
  }

  /// Gives every free block back to the system.
  func trim() {
    for number in 0..<Self.shardCount {
      for index in 0..<SizeClass.smallCount {
        let shard = shards + number
        var block = shard.pointee.lock.withLock {
          let first = shard.pointee.bins[index].first
          shard.pointee.bins[index].first = nil
          shard.pointee.bins[index].cachedBytes = 0
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
      let part = shard.pointee.lock.withLock {
        var part = (cached: 0, requests: 0, allocations: 0)
        for index in first..<max(first, SizeClass.smallCount) {
          part.cached += shard.pointee.bins[index].cachedBytes
          part.requests += shard.pointee.bins[index].requests
          part.allocations += shard.pointee.bins[index].allocations
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
      shard.pointee.lock.withLock {
        for index in 0..<SizeClass.smallCount {
          shard.pointee.bins[index].requests = 0
          shard.pointee.bins[index].allocations = 0
        }
      }
    }
  }
}
