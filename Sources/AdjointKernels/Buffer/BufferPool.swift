import Synchronization

/// The memory behind buffers: released blocks are kept for the next request of about their size.
///
/// Fresh memory costs more than most arithmetic on it, because the system maps and clears each page at its first
/// use. The pool keeps at most `limit` unused bytes and gives the oldest blocks back to the system beyond that.
/// All of it may be used from any thread.
public final class BufferPool: Sendable {
  /// The pool that every `Buffer` comes from.
  public static let shared: BufferPool = {
    let pool = BufferPool()
    let (small, large) = (pool.small, pool.large)
    ForkSafety.hold(.memory, acquire: { small.acquireAll() }, release: { small.releaseAll() })
    ForkSafety.hold(.memory, acquire: { large.lock.acquire() }, release: { large.lock.release() })
    return pool
  }()

  /// What the pool did and holds.
  public struct Statistics: Sendable, Hashable {
    /// Bytes of the blocks that buffers hold now.
    public var bytesInUse: Int
    /// Bytes of unused blocks, kept for later requests.
    public var bytesCached: Int
    /// The largest `bytesInUse` since the start or the last `resetCounters()`. Buffers of up to 4 KiB count at
    /// the next request that is larger, needs memory from the system, or reads the statistics.
    public var peakBytesInUse: Int
    /// Buffers asked for since the start or the last `resetCounters()`.
    public var requests: Int
    /// How many of the requests needed fresh memory from the system.
    public var allocations: Int
  }

  private let small = SmallBlockCache()
  private let large = LargeBlockCache()
  private let limitBytes = Atomic<Int>(0)
  private let peak = Atomic<Int>(0)

  init(limit: Int = SystemMemory.available / 4) {
    limitBytes.store(limit, ordering: .relaxed)
    small.setLimit(limit)
  }

  /// The bound of the unused bytes that the pool keeps.
  ///
  /// The default is a quarter of the memory that the process may use: the machine's, or its control group's limit
  /// if that is lower. Lowering it gives memory back at once; 0 keeps nothing. Blocks of up to 4 KiB have their
  /// own bound, 20 MiB at most.
  public var limit: Int {
    get { limitBytes.load(ordering: .relaxed) }
    set {
      guard newValue >= 0 else { fatalError("BufferPool.limit: the bound cannot be \(newValue) bytes") }
      limitBytes.store(newValue, ordering: .relaxed)
      small.setLimit(newValue)
      large.trim(to: newValue)
    }
  }

  /// Gives unused memory back to the system until at most `byteCount` bytes are cached, oldest blocks first.
  public func trim(toBytes byteCount: Int = 0) {
    let smallBytes = small.counts(from: 0).cached
    // Small blocks have no order of age; they go first unless everything fits.
    if smallBytes + large.counts(from: 0).cached > byteCount { small.trim() }
    large.trim(to: max(0, byteCount))
  }

  /// What the pool did and holds. The parts are read one after the other: exact when no other thread is at work.
  public var statistics: Statistics {
    notePeak()
    let (smallCounts, largeCounts) = (small.counts(from: 0), large.counts(from: 0))
    return Statistics(
      bytesInUse: bytesInUse, bytesCached: smallCounts.cached + largeCounts.cached,
      peakBytesInUse: peak.load(ordering: .relaxed), requests: smallCounts.requests + largeCounts.requests,
      allocations: smallCounts.allocations + largeCounts.allocations)
  }

  /// The requests since the start or the last `resetCounters()` that were at least as large as `byteCount`, up to
  /// the pool's size classes (four to each power of two).
  ///
  /// A test can show with it that a computation on large arrays made no intermediate buffer, whatever else goes
  /// on in the process.
  public func requestCount(ofAtLeast byteCount: Int) -> Int {
    let index = SizeClass.index(max(1, byteCount))
    return small.counts(from: index).requests + large.counts(from: index).requests
  }

  /// Starts the counts of requests and allocations at zero and the peak at what is in use now.
  public func resetCounters() {
    small.resetCounters()
    large.resetCounters()
    peak.store(bytesInUse, ordering: .relaxed)
  }

  // MARK: Blocks

  struct Block {
    var address: UnsafeMutableRawPointer
    var capacity: Int
  }

  func take(_ byteCount: Int) -> Block {
    if let block = takeIfPossible(byteCount) { return block }
    refuse(byteCount)
  }

  /// nil where the system has no memory left.
  @inline(__always)
  func takeIfPossible(_ byteCount: Int) -> Block? {
    if byteCount <= SizeClass.largestSmall {
      let index = SizeClass.index(max(1, byteCount))
      if let address = small.take(index) { return Block(address: address, capacity: SizeClass.size(index)) }
      if let block = allocate(SizeClass.size(index)) { return block }
      small.takeBack(index)
      return nil
    }
    guard byteCount <= 1 << 47 else { return nil }
    let capacity = SizeClass.capacity(byteCount)
    if let (address, capacity) = large.take(capacity) {
      notePeak()
      return Block(address: address, capacity: capacity)
    }
    if let block = allocate(capacity) { return block }
    large.takeBack(capacity)
    return nil
  }

  func give(_ block: Block) {
    if block.capacity <= SizeClass.largestSmall {
      if !small.give(block.address, SizeClass.index(block.capacity)) {
        SystemMemory.release(block.address, block.capacity)
      }
    } else {
      large.give(block.address, block.capacity, limit: limit)
    }
  }

  private var bytesInUse: Int { small.bytesInUse + large.bytesInUse }

  private func notePeak() {
    let now = bytesInUse
    if now > peak.load(ordering: .relaxed) { _ = peak.max(now, ordering: .relaxed) }
  }

  @inline(never)
  private func allocate(_ capacity: Int) -> Block? {
    notePeak()
    if let address = SystemMemory.allocate(capacity) { return Block(address: address, capacity: capacity) }
    // What is cached may be what is missing.
    trim()
    return SystemMemory.allocate(capacity).map { Block(address: $0, capacity: capacity) }
  }

  @inline(never)
  private func refuse(_ byteCount: Int) -> Never { fatalError(refusal("Buffer", byteCount)) }

  /// What is said when the system has no memory left.
  package func refusal(_ operation: String, _ byteCount: Int) -> String {
    "\(operation): the system has no memory for \(byteCount) bytes; buffers in use hold \(bytesInUse) bytes"
  }
}
