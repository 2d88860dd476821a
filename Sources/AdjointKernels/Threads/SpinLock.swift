import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A lock for sections of a few instructions that never block.
///
/// An uncontended pair costs one atomic exchange. `Synchronization.Mutex` is fair and sleeps, but the thread
/// sanitizer does not see its ordering and reports races that are none; it sees this one's.
struct SpinLock: ~Copyable {
  private let taken = Atomic<Bool>(false)

  /// Runs `body` while no other thread is in a section of this lock. Not recursive.
  @inline(__always)
  borrowing func withLock<Result: ~Copyable>(_ body: () -> Result) -> Result {
    if taken.exchange(true, ordering: .acquiring) { wait() }
    defer { taken.store(false, ordering: .releasing) }
    return body()
  }

  @inline(never)
  private borrowing func wait() {
    var spins = 0
    repeat {
      while taken.load(ordering: .relaxed) {
        // The holder may have been descheduled: after a while its processor time is worth more than ours.
        spins += 1
        if spins > 64 { sched_yield() }
      }
    } while taken.exchange(true, ordering: .acquiring)
  }
}
