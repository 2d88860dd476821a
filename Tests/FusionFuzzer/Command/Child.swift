import Foundation

/// Prints a line at once, into a file or a pipe too.
func say(_ line: some CustomStringConvertible) {
  try? FileHandle.standardOutput.write(contentsOf: Data("\(line)\n".utf8))
}

/// A child that runs this program, read line by line.
final class Child {
  private let process = Process()
  private let output = Pipe()
  private let errors = Pipe()
  private var rest = Data()
  private var isStopped = false

  init(_ arguments: [String]) throws {
    process.executableURL = URL(fileURLWithPath: Bundle.main.executablePath ?? CommandLine.arguments[0])
    process.arguments = arguments
    // A backtrace of every program that stops takes seconds, and the shrunk program says more.
    process.environment = ProcessInfo.processInfo.environment.merging(["SWIFT_BACKTRACE": "enable=no"]) { $1 }
    process.standardOutput = output
    process.standardError = errors
    try process.run()
  }

  var processIdentifier: Int32 { process.processIdentifier }

  /// The next line, or nil at the end.
  func line() -> String? {
    while true {
      if let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
        let line = String(decoding: rest[..<end], as: UTF8.self)
        rest = Data(rest[(end + 1)...])
        return line
      }
      let more = output.fileHandleForReading.availableData
      if more.isEmpty { return nil }
      rest.append(more)
    }
  }

  func stop() {
    isStopped = true
    process.terminate()
  }

  /// How it ended.
  func wait() -> (code: Int32, reason: String, message: String) {
    // The message is far smaller than a pipe holds.
    let text = isStopped ? "" : String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    let isSignal = process.terminationReason == .uncaughtSignal
    let message = text.split(separator: "\n").first { $0.contains("rror") }.map(String.init) ?? ""
    return (
      process.terminationStatus, (isSignal ? "signal " : "exit code ") + String(process.terminationStatus), message
    )
  }
}
