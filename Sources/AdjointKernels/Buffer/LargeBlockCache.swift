import Synchronization

/// Free blocks of more than 4 KiB: by size, to find one that fits, and by age, to give the oldest back first.
///
/// The links of both orders live in the free blocks themselves, so keeping and finding a block allocates nothing.
/// All of it is behind one lock: such a block is worth at least a microsecond of work to whoever asks for it.
final class LargeBlockCache: @unchecked Sendable {
  private struct FreeBlock {
    var capacity: Int
    var nextOfSize: UnsafeMutablePointer<FreeBlock>?
    var previousOfSize: UnsafeMutablePointer<FreeBlock>?
    var newer: UnsafeMutablePointer<FreeBlock>?
    var older: UnsafeMutablePointer<FreeBlock>?
  }

  private struct Bin {
    var first: UnsafeMutablePointer<FreeBlock>?
    var requests = 0
    var allocations = 0
  }

  private struct State {
    var oldest: UnsafeMutablePointer<FreeBlock>?
    var newest: UnsafeMutablePointer<FreeBlock>?
    var cachedBytes = 0
  }

  let lock = SpinLock()
  // Pointers, because each access to a class's variable property pays for an exclusivity check.
  private let bins = UnsafeMutablePointer<Bin>.allocate(capacity: SizeClass.count)
  private let state = UnsafeMutablePointer<State>.allocate(capacity: 1)
  /// Written under the lock, read by anybody.
  private let inUse = Atomic<Int>(0)

  init() {
    bins.initialize(repeating: Bin(), count: SizeClass.count)
    state.initialize(to: State())
  }

  deinit {
    trim(to: 0)
    bins.deallocate()
    state.deallocate()
  }

  var bytesInUse: Int { inUse.load(ordering: .relaxed) }

  /// How many blocks of a list are looked at: sizes of mapped blocks are many, and a list could be long.
  private static let searchDepth = 16

  /// A free block that fits, nil if there is none; its capacity (or `capacity`) is counted as in use.
  func take(_ capacity: Int) -> (address: UnsafeMutableRawPointer, capacity: Int)? {
    let index = SizeClass.index(capacity)
    return lock.withLock {
      bins[index].requests &+= 1
      // Blocks below 2 MiB have their class's exact size. A mapped one may be up to a quarter too large, and
      // may then be in one of the next lists.
      let last = capacity < SizeClass.smallestMapped ? index : min(index + 1, SizeClass.count - 1)
      let bound = capacity + capacity / 4
      for bin in index...last {
        var best: UnsafeMutablePointer<FreeBlock>?
        var candidate = bins[bin].first
        var depth = 0
        while let block = candidate, depth < Self.searchDepth {
          if block.pointee.capacity >= capacity, block.pointee.capacity <= bound,
            best.map({ block.pointee.capacity < $0.pointee.capacity }) ?? true
          {
            best = block
            if block.pointee.capacity == capacity { break }
          }
          candidate = block.pointee.nextOfSize
          depth += 1
        }
        if let block = best {
          unlink(block)
          let found = block.pointee.capacity
          addInUse(found)
          return (UnsafeMutableRawPointer(block), found)
        }
      }
      bins[index].allocations &+= 1
      addInUse(capacity)
      return nil
    }
  }

  /// Counts a block as unused that was counted as in use and that the system then refused.
  func takeBack(_ capacity: Int) { lock.withLock { addInUse(-capacity) } }

  /// Keeps a block; the oldest blocks beyond `limit` bytes go back to the system.
  func give(_ address: UnsafeMutableRawPointer, _ capacity: Int, limit: Int) {
    let index = SizeClass.index(capacity)
    let excess = lock.withLock {
      addInUse(-capacity)
      let block = address.bindMemory(to: FreeBlock.self, capacity: 1)
      block.initialize(
        to: FreeBlock(
          capacity: capacity, nextOfSize: bins[index].first, previousOfSize: nil, newer: nil,
          older: state.pointee.newest))
      bins[index].first?.pointee.previousOfSize = block
      bins[index].first = block
      state.pointee.newest?.pointee.newer = block
      state.pointee.newest = block
      if state.pointee.oldest == nil { state.pointee.oldest = block }
      state.pointee.cachedBytes += capacity
      return cutOldest(to: limit)
    }
    release(excess)
  }

  /// Gives the oldest blocks back to the system until at most `bytes` are cached.
  func trim(to bytes: Int) { release(lock.withLock { cutOldest(to: bytes) }) }

  /// What is cached, requests and allocations, over the classes from one up.
  func counts(from first: Int) -> (cached: Int, requests: Int, allocations: Int) {
    lock.withLock {
      var result = (cached: state.pointee.cachedBytes, requests: 0, allocations: 0)
      for index in min(first, SizeClass.count)..<SizeClass.count {
        result.requests += bins[index].requests
        result.allocations += bins[index].allocations
      }
      return result
    }
  }

  func resetCounters() {
    lock.withLock {
      for index in 0..<SizeClass.count {
        bins[index].requests = 0
        bins[index].allocations = 0
      }
    }
  }

  private func addInUse(_ bytes: Int) {
    inUse.store(inUse.load(ordering: .relaxed) &+ bytes, ordering: .relaxed)
  }

  private func unlink(_ block: UnsafeMutablePointer<FreeBlock>) {
    let links = block.pointee
    state.pointee.cachedBytes -= links.capacity
    if let previous = links.previousOfSize {
      previous.pointee.nextOfSize = links.nextOfSize
    } else {
      bins[SizeClass.index(links.capacity)].first = links.nextOfSize
    }
    links.nextOfSize?.pointee.previousOfSize = links.previousOfSize
    if let newer = links.newer { newer.pointee.older = links.older } else { state.pointee.newest = links.older }
    if let older = links.older { older.pointee.newer = links.newer } else { state.pointee.oldest = links.newer }
  }

  /// Takes the oldest blocks out, chained by `newer`; they are released outside the lock, because unmapping
  /// takes its time.
  private func cutOldest(to bytes: Int) -> UnsafeMutablePointer<FreeBlock>? {
    var chain: UnsafeMutablePointer<FreeBlock>?
    while state.pointee.cachedBytes > bytes, let block = state.pointee.oldest {
      unlink(block)
      block.pointee.newer = chain
      chain = block
    }
    return chain
  }

  private func release(_ chain: UnsafeMutablePointer<FreeBlock>?) {
    var next = chain
    while let block = next {
      next = block.pointee.newer
      SystemMemory.release(UnsafeMutableRawPointer(block), block.pointee.capacity)
    }
  }
}
