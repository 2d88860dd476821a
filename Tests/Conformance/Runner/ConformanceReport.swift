/// What a run of a folder found.
public struct ConformanceReport: Sendable {
  public private(set) var passed = 0
  public private(set) var failed: [(name: String, reason: String)] = []
  /// How many cases each unknown operation or attribute kept from running.
  public private(set) var unsupported: [String: Int] = [:]

  public init() {}

  public mutating func add(_ verdict: Verdict, of name: String) {
    switch verdict {
    case .passed: passed += 1
    case .failed(let reason): failed.append((name, reason))
    case .unsupported(let what): unsupported[what, default: 0] += 1
    }
  }

  /// One line per failed case and per unsupported operation, and the summary last.
  public var lines: [String] {
    failed.map { "failed: \($0.name): \($0.reason)" }
      + unsupported.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "unsupported: \($0.key) (\($0.value))" }
      + [summary]
  }

  public var summary: String {
    "conformance: \(passed) passed, \(failed.count) failed, \(unsupported.values.reduce(0, +)) unsupported"
  }
}
