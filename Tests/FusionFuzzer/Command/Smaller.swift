import Foundation
import FusionFuzzer

/// Makes a failing case smaller and prints it as a test.
struct Smaller {
  private struct Failure {
    var isDifference: Bool
    var message: String
    var difference: Difference?
  }

  private let folder: URL

  init(_ folder: URL) { self.folder = folder }

  func report(_ test: FuzzCase) throws {
    guard let failure = try failure(of: test) else {
      // What was found or kept of earlier programs is part of the fault.
      say("  passes by itself: it fails only behind the programs before it (run again with --from a few seeds less)")
      return
    }
    var smallest = test
    if failure.isDifference { smallest = try shrunkInOneChild(test) ?? test }
    if smallest == test { smallest = shrunkInChildren(test) }
    let last = try self.failure(of: smallest) ?? failure
    say("  smaller: \(last.message)\n")
    say(
      smallest.snippet(last.difference)
        .split(separator: "\n", omittingEmptySubsequences: false).map { "    " + $0 }.joined(separator: "\n") + "\n")
  }

  /// How a case fails in a process of its own.
  private func failure(of test: FuzzCase) throws -> Failure? {
    let file = folder.appendingPathComponent("case.json")
    try test.text.write(to: file, atomically: true, encoding: .utf8)
    let child = try Child(["--check", file.path])
    let (message, text) = (child.line() ?? "", child.line() ?? "")
    let status = child.wait()
    if status.code == 0 && status.reason.hasPrefix("exit") { return nil }
    if status.code == 3 {
      return Failure(isDifference: true, message: message, difference: try? Difference(text: text))
    }
    return Failure(isDifference: false, message: "stopped the process (\(status.reason)) \(status.message)")
  }

  /// Fast; nil if what comes out fails only where it was found.
  private func shrunkInOneChild(_ test: FuzzCase) throws -> FuzzCase? {
    let (from, into) = (folder.appendingPathComponent("from.json"), folder.appendingPathComponent("into.json"))
    try test.text.write(to: from, atomically: true, encoding: .utf8)
    try? FileManager.default.removeItem(at: into)
    _ = try Child(["--shrink", from.path, into.path]).wait()
    guard let text = try? String(contentsOf: into, encoding: .utf8) else { return nil }
    let smaller = try FuzzCase(text: text)
    return try failure(of: smaller) == nil ? nil : smaller
  }

  private func shrunkInChildren(_ test: FuzzCase) -> FuzzCase {
    let deadline = ContinuousClock.now + .seconds(30)
    var shrinker = Shrinker { candidate in
      ContinuousClock.now < deadline && ((try? self.failure(of: candidate)) ?? nil) != nil
    }
    return shrinker.shrink(test)
  }
}
