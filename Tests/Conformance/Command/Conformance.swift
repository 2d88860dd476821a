import ConformanceRunner
import Foundation

/// Compares the library with recorded results of PyTorch, and with true values.
///
/// Runs the committed folders and then the one that `ADJOINT_CONFORMANCE` names; arguments replace both. Names
/// of cases can be limited with `--filter TEXT`. A case that stops the process counts as failed: the cases run
/// in a child that is started again behind it.
@main struct Conformance {
  static func main() throws {
    var arguments = Array(CommandLine.arguments.dropFirst())
    if arguments.first == "--worker" { return try work(folder: arguments[1], from: Int(arguments[2])!, arguments[3]) }
    var filter = ""
    if let place = arguments.firstIndex(of: "--filter"), place + 1 < arguments.count {
      filter = arguments[place + 1]
      arguments.removeSubrange(place...(place + 1))
    }
    var folders = arguments.map { (path: $0, isCommitted: false) }
    if folders.isEmpty {
      folders = committedFolders.map { ($0, true) }
      if let other = ProcessInfo.processInfo.environment["ADJOINT_CONFORMANCE"], !other.isEmpty {
        folders.append((other, false))
      }
    }
    var isGood = true
    for (path, isCommitted) in folders {
      print("folder: \(path)")
      let report = try supervise(path, filter)
      for line in report.lines { print(line) }
      isGood = isGood && report.failed.isEmpty && !(isCommitted && !report.unsupported.isEmpty)
    }
    exit(isGood ? 0 : 1)
  }

  /// The folders beside this source file.
  private static var committedFolders: [String] {
    let parent = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    return ["cases", "widened", "truth"].map { parent.appendingPathComponent($0).path }
  }

  /// Runs the cases from a number on, a line each.
  private static func work(folder path: String, from start: Int, _ filter: String) throws {
    let folder = try ConformanceFolder(path: path)
    for (index, test) in folder.cases.enumerated() where index >= start {
      if !filter.isEmpty && !test.name.contains(filter) { continue }
      let line =
        switch folder.run(test) {
        case .passed: "passed"
        case .failed(let reason): "failed\t\(reason.replacing("\n", with: " "))"
        case .unsupported(let what): "unsupported\t\(what)"
        }
      FileHandle.standardOutput.write(Data("\(index)\t\(line)\n".utf8))
    }
    FileHandle.standardOutput.write(Data("done\n".utf8))
  }

  /// Runs all cases in children.
  private static func supervise(_ path: String, _ filter: String) throws -> ConformanceReport {
    let folder = try ConformanceFolder(path: path)
    let wanted = folder.cases.indices.filter { filter.isEmpty || folder.cases[$0].name.contains(filter) }
    var report = ConformanceReport()
    var start = 0
    while let next = wanted.first(where: { $0 >= start }) {
      let (lines, errors) = try child(["--worker", path, String(start), filter])
      var last = next - 1
      for line in lines {
        let parts = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        guard parts.count >= 2, let index = Int(parts[0]) else { continue }
        last = index
        let verdict: Verdict =
          switch parts[1] {
          case "passed": .passed
          case "unsupported": .unsupported(parts[2])
          default: .failed(parts.dropFirst(2).joined(separator: "\t"))
          }
        report.add(verdict, of: folder.cases[index].name)
      }
      if lines.last == "done" { break }
      // The child ended inside a case.
      guard let lost = wanted.first(where: { $0 > last }) else { break }
      report.add(.failed("stopped the process: \(errors)"), of: folder.cases[lost].name)
      start = lost + 1
    }
    return report
  }

  /// A child's lines, and the message that it stopped with.
  private static func child(_ arguments: [String]) throws -> ([String], String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: Bundle.main.executablePath ?? CommandLine.arguments[0])
    process.arguments = arguments
    // A backtrace of every case that stops takes seconds and says less than the message.
    process.environment = ProcessInfo.processInfo.environment.merging(["SWIFT_BACKTRACE": "enable=no"]) { $1 }
    let (output, errors) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = errors
    try process.run()
    // The message is far smaller than a pipe holds, so that reading one after the other cannot block the child.
    let lines = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    let message = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return (
      lines.split(separator: "\n").map(String.init),
      message.split(separator: "\n").first { $0.contains("rror") }.map(String.init)
        ?? "signal \(process.terminationStatus)"
    )
  }
}
