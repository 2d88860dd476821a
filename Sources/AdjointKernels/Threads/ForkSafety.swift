import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// What keeps the child of a `fork` working.
///
/// A child has one thread, the one that called `fork`: a lock that another thread held stays taken for ever, what it guarded
/// stays half changed, and helpers that the child counts on do not exist. So the locks of everything that all threads share are
/// held while the process is copied, and the child computes on its one thread. (Dispatch does not work in a child at all.)
@_spi(Engine) public enum ForkSafety {
  /// In the order of holding them: what is held inside a section of another comes later.
  public enum Level: Int, Sendable { case list, memory }

  private struct Held {
    let level: Level
    let acquire: @Sendable () -> Void
    let release: @Sendable () -> Void
  }

  private static let held = SpinLocked<[Held]>([])
  private static let forked = Atomic<Bool>(false)

  /// Whether this process is such a child.
  @inline(__always) static var isChild: Bool { forked.load(ordering: .relaxed) }

  /// Has a lock that lives as long as the process held during every fork from now on.
  public static func hold(
    _ level: Level, acquire: @escaping @Sendable () -> Void, release: @escaping @Sendable () -> Void
  ) {
    _ = handlers
    held.withLock { held in
      held.append(Held(level: level, acquire: acquire, release: release))
      held.sort { $0.level.rawValue < $1.level.rawValue }
    }
  }

  /// The number of calls of a library that ends its own threads before a fork.
  private static let callsInside = Atomic<Int>(0)
  private static let gateIsClosed = Atomic<Bool>(false)

  /// Runs a call of OpenBLAS, which a fork lets end before it begins.
  ///
  /// OpenBLAS ends its threads in a handler of its own. A call that comes at the same time starts them again, and the handler waits
  /// for ever for a thread that nobody told to end.
  @inline(__always)
  static func outsideFork<Result>(_ call: () -> Result) -> Result {
    enter()
    defer { callsInside.subtract(1, ordering: .releasing) }
    return call()
  }

  @inline(__always) private static func enter() {
    // Handlers run in the opposite order of their registration, and OpenBLAS registers its own when it is loaded.
    _ = handlers
    callsInside.add(1, ordering: .sequentiallyConsistent)
    if gateIsClosed.load(ordering: .sequentiallyConsistent) { waitOutside() }
  }

  @inline(never) private static func waitOutside() {
    repeat {
      callsInside.subtract(1, ordering: .sequentiallyConsistent)
      while gateIsClosed.load(ordering: .sequentiallyConsistent) { sched_yield() }
      callsInside.add(1, ordering: .sequentiallyConsistent)
    } while gateIsClosed.load(ordering: .sequentiallyConsistent)
  }

  private static let handlers: Void = {
    pthread_atfork(
      {
        ForkSafety.gateIsClosed.store(true, ordering: .sequentiallyConsistent)
        while ForkSafety.callsInside.load(ordering: .sequentiallyConsistent) > 0 { sched_yield() }
        ForkSafety.held.lock.acquire()
        for lock in ForkSafety.held.content { lock.acquire() }
      },
      { ForkSafety.releaseAll() },
      {
        ForkSafety.forked.store(true, ordering: .relaxed)
        ForkSafety.releaseAll()
      })
  }()

  private static func releaseAll() {
    for lock in held.content.reversed() { lock.release() }
    held.lock.release()
    gateIsClosed.store(false, ordering: .sequentiallyConsistent)
  }
}

extension SpinLocked {
  /// The value, whose lock is held during every fork from now on. For values that live as long as the process.
  public func heldDuringFork() -> Self {
    ForkSafety.hold(.list, acquire: { self.lock.acquire() }, release: { self.lock.release() })
    return self
  }
}
