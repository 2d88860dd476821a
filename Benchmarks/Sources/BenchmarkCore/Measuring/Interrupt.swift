import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The user's wish to stop (control-C), noted so that what was measured can still be printed.
public enum Interrupt {
  private static let requested = Atomic<Bool>(false)

  /// Whether the user asked to stop.
  public static var isRequested: Bool { requested.load(ordering: .relaxed) }

  /// From now on the first SIGINT or SIGTERM only sets the flag; the next one ends the process as usual.
  public static func handle() {
    for number in [SIGINT, SIGTERM] {
      signal(number) { number in
        Interrupt.note()
        signal(number, SIG_DFL)
      }
    }
  }

  /// Sets the flag. Safe in a signal handler: an atomic store and nothing else.
  static func note() { requested.store(true, ordering: .relaxed) }
}
