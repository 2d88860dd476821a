import BenchmarkCore

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The time from starting a process to its first gradient: what a short script pays.
enum Startup {
  static let workloads = [
    Workload(
      id: "startup/first-gradient", summary: "a fresh process that loads the library and computes a gradient",
      kind: .latency, dataTypes: [.float32], sizeMeaning: "elements", defaultSizes: [3], largestSize: 3,
      bytesFormula: "–", flopsFormula: "–", cost: { _ in .init(bytes: 0, flops: 0, items: 1) },
      prepare: { _ in try prepare() })
  ]

  private static func prepare() throws -> PreparedWorkload {
    let helper = try path()
    return PreparedWorkload(
      run: { _ = try? start(helper) },
      verify: {
        guard let output = try? start(helper) else { return "\(helper) could not be started" }
        // mean(2·(x+2)²) at x = [1, 2, 3] has the gradient 4·(x+2)/3.
        let numbers = output.split(whereSeparator: { !"0123456789.".contains($0) }).compactMap { Double($0) }
        let isRight = numbers.count == 3 && zip(numbers, [4.0, 16.0 / 3, 20.0 / 3]).allSatisfy { abs($0 - $1) < 1e-5 }
        return isRight ? nil : "it printed \(output)"
      })
  }

  /// The helper lies beside this executable.
  private static func path() throws -> String {
    var own = [CChar](repeating: 0, count: Int(PATH_MAX))
    let length = readlink("/proc/self/exe", &own, own.count - 1)
    let executable =
      length > 0
      ? String(decoding: own[..<length].map(UInt8.init(bitPattern:)), as: UTF8.self) : CommandLine.arguments[0]
    let folder = executable.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
    let helper = (folder.isEmpty ? "." : folder) + "/adjoint-first-gradient"
    guard access(helper, X_OK) == 0 else {
      throw SelectionError("\(helper) is missing; build it with: swift build -c release --package-path Benchmarks")
    }
    return helper
  }

  /// Runs a program to its end, and returns what it printed.
  private static func start(_ program: String) throws -> String {
    var pipe: [Int32] = [0, 0]
    guard systemPipe(&pipe) == 0 else { throw SelectionError("no pipe") }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawn_file_actions_adddup2(&actions, pipe[1], STDOUT_FILENO)
    posix_spawn_file_actions_addclose(&actions, pipe[0])
    defer { posix_spawn_file_actions_destroy(&actions) }
    var child: pid_t = 0
    let name = strdup(program)
    defer { free(name) }
    var arguments: [UnsafeMutablePointer<CChar>?] = [name, nil]
    let status = posix_spawn(&child, program, &actions, nil, &arguments, environ)
    close(pipe[1])
    defer { close(pipe[0]) }
    guard status == 0 else { throw SelectionError("\(program) could not be started") }
    var output: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = read(pipe[0], &piece, piece.count)
      guard count > 0 else { break }
      output += piece[..<count]
    }
    var result: Int32 = 0
    while waitpid(child, &result, 0) < 0 && errno == EINTR {}
    guard result == 0 else { throw SelectionError("\(program) failed") }
    return String(decoding: output, as: UTF8.self)
  }
}

/// Where `pipe` is a variable, the function needs another name.
private func systemPipe(_ descriptors: inout [Int32]) -> Int32 { pipe(&descriptors) }
