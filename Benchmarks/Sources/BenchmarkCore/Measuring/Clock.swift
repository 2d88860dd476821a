#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The clock that samples are timed with.
public enum Clock {
  /// Nanoseconds of a clock that never goes back.
  @inline(__always)
  public static func now() -> UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }

  /// The smallest step that two readings in a row can tell apart, in nanoseconds.
  ///
  /// What the system states (`clock_getres`) is the unit of its counter; a reading takes longer than that, and
  /// this includes it.
  public static let tick: UInt64 = {
    var smallest = UInt64.max
    for _ in 0..<10_000 {
      let first = now()
      var second = now()
      while second == first { second = now() }
      smallest = min(smallest, second - first)
    }
    return max(1, smallest)
  }()

  /// Nanoseconds of processor time that this process has used, all threads together.
  public static func processorTime() -> UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }
}
