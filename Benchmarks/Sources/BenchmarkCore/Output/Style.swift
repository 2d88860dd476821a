#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Colours of a terminal, or none.
public struct Style: Sendable {
  public enum Choice: String, Sendable, CaseIterable { case auto, always, never }

  public enum Color: Int, Sendable {
    case bold = 1
    case dim = 2
    case red = 31
    case green = 32
    case yellow = 33
  }

  public let isColored: Bool

  public init(isColored: Bool) { self.isColored = isColored }

  /// Colours if the user says so, or by default on a terminal that has them, unless `NO_COLOR` is set (to
  /// anything but nothing: https://no-color.org).
  public init(_ choice: Choice, isTerminal: Bool) {
    switch choice {
    case .always: isColored = true
    case .never: isColored = false
    case .auto:
      let refused = Style.variable("NO_COLOR").map { !$0.isEmpty } ?? false
      isColored = isTerminal && !refused && Style.variable("TERM") != "dumb"
    }
  }

  public func paint(_ text: String, _ color: Color?) -> String {
    guard isColored, let color, !text.isEmpty else { return text }
    return "\u{1B}[\(color.rawValue)m\(text)\u{1B}[0m"
  }

  private static func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
}

/// Whether a stream goes to a person.
public enum Terminal {
  public static var isStandardOutput: Bool { isatty(STDOUT_FILENO) != 0 }
  public static var isStandardError: Bool { isatty(STDERR_FILENO) != 0 }

  /// The columns of the terminal behind standard error, 80 if it does not say.
  public static var columns: Int {
    var size = winsize()
    guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }

  /// Writes text to standard output and to nothing else; false if nobody reads it any more.
  @discardableResult
  public static func write(_ text: String) -> Bool { write(text, to: STDOUT_FILENO) }

  /// Writes text for a person: context and progress.
  public static func writeError(_ text: String) { _ = write(text, to: STDERR_FILENO) }

  private static func write(_ text: String, to descriptor: Int32) -> Bool {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { systemWrite(descriptor, $0.baseAddress, $0.count) }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { return false }
      bytes = bytes.dropFirst(count)
    }
    return true
  }
}

/// Inside the type, `write` is its own function.
private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
  write(descriptor, bytes, count)
}
