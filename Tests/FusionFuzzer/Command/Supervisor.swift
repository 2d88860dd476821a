import Foundation
import FusionFuzzer

/// Runs workers one after the other, behind each program that stopped one, and makes failures smaller.
final class Supervisor {
  private let options: Options
  private var report = Report()
  private let folder: URL
  private let start = ContinuousClock.now
  private var shrunk: [String: Int] = [:]

  init(_ options: Options) throws {
    self.options = options
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("fusion-fuzzer-\(getpid())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  private var isOver: Bool {
    if report.failures.count >= options.stopAfter { return true }
    return options.minutes.map { ContinuousClock.now - start > .seconds($0 * 60) } ?? false
  }

  func run() throws -> Report {
    var next = options.from
    while next < options.end && !isOver { next = try runWorker(from: next) }
    report.programs = next - options.from
    report.seconds = (ContinuousClock.now - start) / .seconds(1)
    return report
  }

  /// Where to go on.
  private func runWorker(from first: UInt64) throws -> UInt64 {
    let progress = folder.appendingPathComponent("progress")
    try Data(count: 8).write(to: progress)
    let laws = options.laws.map(\.rawValue).joined(separator: ",")
    // A child does not live forever: what it found is made smaller between two of them.
    let end = min(first + 20_000, options.end)
    let child = try Child(
      ["--worker", String(first), String(end), laws, options.isLight ? "light" : "all", progress.path])
    let watch = Watch(progress.path, of: child.processIdentifier)
    defer { watch.end() }
    var place = first
    var failures: [FuzzCase] = []
    var isDone = false
    while let line = child.line() {
      let parts = line.split(separator: "\t", maxSplits: 2).map(String.init)
      switch parts.first {
      case "failed": failures.append(add(UInt64(parts[1])!, parts[2]))
      case "at": place = UInt64(parts[1])! + 1
      case "done":
        isDone = true
        place = UInt64(parts[1])!
      default: continue
      }
      if !isDone && isOver {
        place = max(place, parts.count > 1 ? UInt64(parts[1])! + 1 : place)
        child.stop()
        isDone = true
        break
      }
    }
    let status = child.wait()
    if !isDone {
      // The child ended inside a program.
      let seed = Watch.seed(progress.path)
      failures.append(add(seed, "stopped the process (\(status.reason)): \(status.message)"))
      place = seed + 1
    }
    for test in failures { try makeSmaller(test) }
    return place
  }

  private func add(_ seed: UInt64, _ difference: String) -> FuzzCase {
    let test = FuzzCase(seed: seed, laws: options.laws, isLight: options.isLight)
    report.failures.append(.init(seed: seed, law: test.law, difference: difference))
    say("FAILED seed \(seed), law \(test.law), \(test.mode), read \(test.order): \(difference)")
    return test
  }

  private func makeSmaller(_ test: FuzzCase) throws {
    // A few of each law: most failures of a run have one cause.
    guard shrunk.values.reduce(0, +) < options.shrinks, shrunk[test.law.rawValue, default: 0] < 3 else { return }
    shrunk[test.law.rawValue, default: 0] += 1
    try Smaller(folder).report(test)
  }
}

/// What a run found.
struct Report {
  struct Failure {
    var seed: UInt64
    var law: Law
    var difference: String
  }

  var failures: [Failure] = []
  var programs: UInt64 = 0
  var seconds = 0.0

  var summary: String {
    var lines = [
      "\(programs) programs in \(Int(seconds)) s, \(Int(Double(programs) / max(seconds, 0.001))) per second: "
        + "\(failures.count) failures"
    ]
    for law in Law.allCases {
      let seeds = failures.filter { $0.law == law }.map { String($0.seed) }
      if !seeds.isEmpty { lines.append("  \(law): \(seeds.count), seeds \(seeds.prefix(12).joined(separator: " "))") }
    }
    return lines.joined(separator: "\n")
  }
}
