import AdjointKernels
import Synchronization

/// A value behind a lock of a few instructions, for sections that only move references.
final class SpinLocked<Content>: @unchecked Sendable {
  private let spin = Atomic<UInt8>(0)
  // The lock is what guards it; the runtime's own check of every access would cost more than the lock.
  @exclusivity(unchecked) private var content: Content

  init(_ content: sending Content) { self.content = content }

  @inline(__always)
  func withLock<Result>(_ body: (inout Content) -> Result) -> Result {
    while spin.exchange(1, ordering: .acquiring) != 0 { Parallelism.yieldProcessor() }
    defer { spin.store(0, ordering: .releasing) }
    return body(&content)
  }
}
