import CKernels
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
///
/// The calls at both ends of a section keep in it what belongs there: without them the optimizer moved the retain of a
/// reference that was read under the lock below the store that opens it, and the reference could be gone by then.
@_spi(Engine) public struct SpinLock: ~Copyable {
  @usableFromInline let taken = Atomic<Bool>(false)

  @inlinable public init() {}

  /// Begins a section; no other thread is in one of this lock until `release`. Not recursive.
  @inlinable @inline(__always)
  public borrowing func acquire() {
    if taken.exchange(true, ordering: .acquiring) { wait() }
    ck_section_begins()
  }

  /// Ends the section: what was read in it has been retained.
  @inlinable @inline(__always)
  public borrowing func release() {
    ck_section_ends()
    taken.store(false, ordering: .releasing)
  }

  /// Runs `body` in a section.
  @inlinable @inline(__always)
  public borrowing func withLock<Result: ~Copyable>(_ body: () -> Result) -> Result {
    acquire()
    let result = body()
    release()
    return result
  }

  @usableFromInline @inline(never)
  borrowing func wait() {
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

/// A value behind a spin lock, for sections that only move references.
@_spi(Engine) public final class SpinLocked<Content>: @unchecked Sendable {
  @usableFromInline let lock = SpinLock()
  // The lock is what guards it; the runtime's own check of every access would cost more than the lock.
  @exclusivity(unchecked) @usableFromInline var content: Content

  public init(_ content: sending Content) { self.content = content }

  @inlinable @inline(__always)
  public func withLock<Result>(_ body: (inout Content) -> Result) -> Result {
    lock.acquire()
    let result = body(&content)
    lock.release()
    return result
  }
}
