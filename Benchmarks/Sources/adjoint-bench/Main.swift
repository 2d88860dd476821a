import ArgumentParser
import BenchmarkCore

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Parses, runs, and turns every error into one sentence and an exit code.
@main
struct Main {
  static func main() {
    do {
      var command = try AdjointBench.parseAsRoot()
      try command.run()
    } catch let error as SelectionError {
      fail(error.description)
    } catch {
      let code = AdjointBench.exitCode(for: error)
      if code == .validationFailure {
        // The parser would add its usage; a person who wants it asks with --help.
        fail(AdjointBench.message(for: error))
      }
      let text = AdjointBench.fullMessage(for: error)
      if !text.isEmpty {
        if code.isSuccess { Terminal.write(text + "\n") } else { Terminal.writeError(text + "\n") }
      }
      exit(code.rawValue)
    }
  }

  /// One sentence, and the exit code of a usage error (EX_USAGE).
  private static func fail(_ message: String) -> Never {
    let line = message.split(separator: "\n").joined(separator: " ")
    Terminal.writeError("adjoint-bench: \(line)\n")
    exit(64)
  }
}
