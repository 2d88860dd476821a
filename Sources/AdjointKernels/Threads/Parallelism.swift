import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// How the library uses processors.
public enum Parallelism {
  private static let threadCount = Atomic<Int>(0)

  /// The number of threads that one computation of this library uses at most, the caller's included.
  ///
  /// The default is the number of processors that the process may use: those of its affinity mask (`taskset`,
  /// cpusets), and no more than the quota of its control group rounded up (containers). Setting it takes effect
  /// with the next computation, from any thread; 1 keeps everything on the calling thread. Values below 1 stop
  /// the process.
  ///
  /// Results of the library's own kernels do not depend on it. OpenBLAS has its own threads and its own global
  /// setting, which this never touches.
  public static var threads: Int {
    get {
      let count = threadCount.load(ordering: .relaxed)
      return count > 0 ? count : availableProcessors
    }
    set {
      guard newValue >= 1 else {
        fatalError("Parallelism.threads: at least one thread is needed, not \(newValue)")
      }
      threadCount.store(newValue, ordering: .relaxed)
    }
  }

  /// The processors that the process may use, found once.
  public static let availableProcessors: Int = {
    let limits = ProcessLimits.current
    let processors = limits.allowedProcessors ?? max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
    guard let quota = limits.processorQuota, quota < Double(processors) else { return processors }
    return max(1, Int(quota.rounded(.up)))
  }()

  /// Calls `body` once for each block 0 ..< `count`, on at most `threads` threads, and returns when all are done.
  ///
  /// Which thread takes which block is undefined: cut the work into blocks of a fixed size and combine partial
  /// results by block, and the result does not depend on the number of threads. A call from inside a block runs
  /// its blocks one after the other on the calling thread, so nested use neither multiplies threads nor waits
  /// for them.
  ///
  /// One block, or one thread, is a plain loop. Otherwise waking the workers costs microseconds: a block should
  /// be worth tens of them.
  public static func forEachBlock(_ count: Int, _ body: @Sendable (Int) -> Void) {
    guard count > 0 else { return }
    let workers = min(count, threads)
    guard workers > 1, !isInsideBlock, !ForkSafety.isChild else {
      for index in 0..<count { body(index) }
      return
    }
    Self.insideBlock { Team.shared.run(count, helpers: workers - 1, body) }
  }

  /// Runs `body` over ranges of `count` small problems of about `cost` operations each, in parallel. All ranges
  /// but the last have a multiple of `group` problems, and so fill the vectors of kernels that take several at once.
  static func forEachRange(count: Int, cost: Int, group: Int = 1, _ body: (Range<Int>) -> Void) {
    // A block should be worth tens of microseconds.
    let few = max(1, 60_000 / max(cost, 1))
    let block = (few + group - 1) / group * group
    if count <= block { return body(0..<count) }
    nonisolated(unsafe) let body = body
    forEachBlock((count + block - 1) / block) { index in
      body(index * block..<min(count, (index + 1) * block))
    }
  }

  /// Runs `body` as part of a block: what it asks for in parallel runs one after the other.
  static func insideBlock(_ body: () -> Void) {
    markInside(true)
    defer { markInside(false) }
    body()
  }

  /// Gives the processor to another thread, for loops that wait for one.
  package static func yieldProcessor() { sched_yield() }

  /// Whether the calling thread is running a block.
  static var isInsideBlock: Bool { pthread_getspecific(insideKey) != nil }

  private static func markInside(_ inside: Bool) {
    pthread_setspecific(insideKey, inside ? UnsafeRawPointer(bitPattern: 1) : nil)
  }

  private static let insideKey: pthread_key_t = {
    var key = pthread_key_t()
    guard pthread_key_create(&key, nil) == 0 else {
      fatalError("Parallelism: the process has no thread-local key left")
    }
    return key
  }()
}
