#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Another program, its standard input and output connected to this process by pipes.
public final class ChildProcess {
  private var process: pid_t = 0
  private var input: Int32 = -1
  private var output: Int32 = -1
  private var unread: [UInt8] = []

  /// Starts a program; a name without a slash is looked up in PATH.
  public init(_ program: String, _ arguments: [String] = []) throws(SelectionError) {
    // Writing to a program that has ended gives an error instead of ending this process.
    signal(SIGPIPE, SIG_IGN)
    var (toChild, fromChild): ([Int32], [Int32]) = ([-1, -1], [-1, -1])
    guard pipe(&toChild) == 0, pipe(&fromChild) == 0 else {
      throw SelectionError("no pipe to \(program) could be made")
    }
    for end in [toChild[1], fromChild[0]] { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, toChild[0], STDIN_FILENO)
    posix_spawn_file_actions_adddup2(&actions, fromChild[1], STDOUT_FILENO)
    for end in [toChild[0], fromChild[1]] { posix_spawn_file_actions_addclose(&actions, end) }
    var words: [UnsafeMutablePointer<CChar>?] = ([program] + arguments).map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    let status = posix_spawnp(&process, program, &actions, nil, &words, environ)
    close(toChild[0])
    close(fromChild[1])
    (input, output) = (toChild[1], fromChild[0])
    guard status == 0 else {
      close(input)
      close(output)
      throw SelectionError("\(program) could not be started: \(String(cString: strerror(status)))")
    }
  }

  /// Sends a line.
  public func send(_ line: String) throws(SelectionError) {
    var bytes = Array((line + "\n").utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { write(input, $0.baseAddress, $0.count) }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { throw SelectionError("the other program has ended") }
      bytes = bytes.dropFirst(count)
    }
  }

  /// The next line, nil at the end of the output.
  public func readLine() -> String? {
    while true {
      if let end = unread.firstIndex(of: UInt8(ascii: "\n")) {
        let line = String(decoding: unread[..<end], as: UTF8.self)
        unread.removeFirst(end + 1)
        return line
      }
      guard fill() else { return nil }
    }
  }

  /// Everything until the end of the output, and the exit status.
  public func finish() -> (output: String, status: Int32) {
    close(input)
    input = -1
    while fill() {}
    close(output)
    output = -1
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0 && errno == EINTR {}
    process = 0
    return (String(decoding: unread, as: UTF8.self), status)
  }

  /// Reads some more; false at the end.
  private func fill() -> Bool {
    var piece = [UInt8](repeating: 0, count: 1 << 14)
    while true {
      let count = read(output, &piece, piece.count)
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { return false }
      unread += piece[..<count]
      return true
    }
  }

  deinit { if process != 0 { _ = finish() } }
}
