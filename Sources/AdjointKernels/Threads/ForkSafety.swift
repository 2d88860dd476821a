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

  private static let handlers: Void = {
    pthread_atfork(
      {
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
  }
}

extension SpinLocked {
  /// The value, whose lock is held during every fork from now on. For values that live as long as the process.
  public func heldDuringFork() -> Self {
    ForkSafety.hold(.list, acquire: { self.lock.acquire() }, release: { self.lock.release() })
    return self
  }
}
