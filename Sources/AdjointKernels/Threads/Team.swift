import CKernels
import Dispatch
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Threads of Dispatch that help with the blocks of one call at a time and then wait a moment for the next call.
///
/// Waking a sleeping thread takes 5 to 50 µs on a virtual machine, as long as many whole computations. So a helper
/// that has finished keeps looking for work for `patience`, giving way to any other thread that wants its processor,
/// before it goes back to Dispatch. A caller never waits for a helper that has not begun: one that comes late finds
/// the call closed. (`DispatchQueue.concurrentPerform` wakes its threads anew for each call.)
final class Team: @unchecked Sendable {
  static let shared = Team()

  /// What a seat holds: nobody, a helper that waits, a helper at work, or else a retained `Assignment`.
  private static let empty: UInt = 0
  private static let waiting: UInt = 1
  private static let working: UInt = 2

  /// How long a helper looks for more work, in nanoseconds.
  private static let patience: UInt64 = 50_000

  private struct Seat: ~Copyable {
    let state = Atomic<UInt>(Team.empty)
    /// Keeps the seats of different threads on different cache lines.
    private let padding = InlineArray<15, UInt64>(repeating: 0)
  }

  private static let seatCount = 255
  private let seats = UnsafeMutablePointer<Seat>.allocate(capacity: seatCount)

  private init() {
    for index in 0..<Self.seatCount { (seats + index).initialize(to: Seat()) }
  }

  /// Calls `body` for each block on the calling thread and up to `helpers` others.
  func run(_ count: Int, helpers: Int, _ body: @Sendable (Int) -> Void) {
    let helpers = min(helpers, Self.seatCount)
    withoutActuallyEscaping(body) { body in
      let assignment = Assignment(count, parts: helpers + 1, body)
      for seat in 0..<helpers { offer(assignment, seat) }
      assignment.work(0)
      assignment.close()
    }
  }

  /// Gives the assignment to the helper of a seat, unless it is busy with another.
  private func offer(_ assignment: Assignment, _ index: Int) {
    let seat = seats + index
    let found = seat.pointee.state.load(ordering: .relaxed)
    guard found == Self.empty || found == Self.waiting else { return }
    let word = UInt(bitPattern: Unmanaged.passRetained(assignment).toOpaque())
    guard seat.pointee.state.compareExchange(expected: found, desired: word, ordering: .acquiringAndReleasing).exchanged
    else {
      Unmanaged.passUnretained(assignment).release()
      return
    }
    if found == Self.empty { DispatchQueue.global(qos: .userInitiated).async { self.sit(index) } }
  }

  /// A helper's life on one seat.
  private func sit(_ index: Int) {
    let seat = seats + index
    // The thread goes back to Dispatch as it came.
    let settings = ck_float_settings()
    defer { ck_use_float_settings(settings) }
    while true {
      let word = seat.pointee.state.exchange(Self.working, ordering: .acquiringAndReleasing)
      let assignment = Unmanaged<Assignment>.fromOpaque(UnsafeRawPointer(bitPattern: word)!).takeRetainedValue()
      assignment.help(index + 1)
      seat.pointee.state.store(Self.waiting, ordering: .releasing)
      let end = clock_gettime_nsec() + Self.patience
      var spins = 0
      while seat.pointee.state.load(ordering: .relaxed) == Self.waiting {
        ck_pause()
        spins += 1
        guard spins % 16 == 0 else { continue }
        // OpenBLAS's threads and the caller's may want this processor.
        sched_yield()
        if clock_gettime_nsec() < end { continue }
        if seat.pointee.state.compareExchange(
          expected: Self.waiting, desired: Self.empty, ordering: .acquiringAndReleasing
        ).exchanged {
          return
        }
      }
    }
  }
}

/// The blocks of one call, shared out.
///
/// Each thread begins with a part of its own, always the same one for the same seat, so that what a call leaves in a
/// processor's caches is there for the next call on the same arrays; then it takes what others have left.
private final class Assignment: @unchecked Sendable {
  private let count: Int
  private let parts: Int
  /// The next block of each part.
  private let next: UnsafeMutablePointer<Padded>
  /// Helpers at work, and whether the caller has left.
  private let state = Atomic<Int>(0)
  /// Where the caller runs.
  private let processor = ck_current_processor()
  /// How the caller rounds: what a helper computes is part of the caller's result.
  private let settings = ck_float_settings()
  /// Forgotten when the call ends, before it may be released.
  private var body: (@Sendable (Int) -> Void)?

  private static let closed = 1 << 32

  private struct Padded: ~Copyable {
    let value = Atomic<Int>(0)
    private let padding = InlineArray<7, UInt64>(repeating: 0)
  }

  init(_ count: Int, parts: Int, _ body: @escaping @Sendable (Int) -> Void) {
    self.count = count
    self.parts = parts
    self.body = body
    next = UnsafeMutablePointer<Padded>.allocate(capacity: parts)
    for part in 0..<parts {
      (next + part).initialize(to: Padded())
      next[part].value.store(count * part / parts, ordering: .relaxed)
    }
  }

  deinit { next.deallocate() }

  func work(_ first: Int) {
    guard let body else { return }
    for step in 0..<parts {
      let part = first + step < parts ? first + step : first + step - parts
      let end = count * (part + 1) / parts
      while next[part].value.load(ordering: .relaxed) < end {
        let index = next[part].value.wrappingAdd(1, ordering: .relaxed).oldValue
        if index >= end { break }
        body(index)
      }
    }
  }

  /// A helper's share, unless the caller has done everything already.
  func help(_ part: Int) {
    // Linux wakes a thread where it last ran, be it behind the caller itself on a machine whose processors share no
    // cache that it knows of; asleep again before the system balances its load, it would stay there for good.
    if processor >= 0 && ck_current_processor() == processor { ck_leave_processor(processor) }
    let before = state.wrappingAdd(1, ordering: .acquiringAndReleasing).oldValue
    if before & Self.closed == 0 {
      // Left as they are afterwards: the next caller's are set then.
      if ck_float_settings() != settings { ck_use_float_settings(settings) }
      Parallelism.insideBlock { work(part) }
    }
    state.wrappingSubtract(1, ordering: .acquiringAndReleasing)
  }

  /// Waits for the helpers that have begun, and lets none begin any more.
  func close() {
    var found = state.bitwiseOr(Self.closed, ordering: .acquiringAndReleasing).newValue
    var spins = 0
    while found != Self.closed {
      ck_pause()
      spins += 1
      // The helper may have lost its processor to somebody else.
      if spins > 2_000 { sched_yield() }
      found = state.load(ordering: .acquiring)
    }
    body = nil
  }
}

/// Nanoseconds of a clock that never goes back.
private func clock_gettime_nsec() -> UInt64 { DispatchTime.now().uptimeNanoseconds }
