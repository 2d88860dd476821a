#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A run: its machine, its peaks, its results. `Documentation/benchmark-schema.json` describes its JSON.
public struct Report: Codable, Sendable, Equatable {
  public static let currentVersion = 1

  public var schemaVersion = Report.currentVersion
  public var tool: String
  public var argv: [String]
  /// When the run started, ISO 8601 in UTC.
  public var timestamp: String
  public var machine: MachineInfo
  /// One entry for each number of threads; empty if they were not measured.
  public var peaks: [Peaks]
  public var benchmarks: [BenchmarkResult]

  public init(
    argv: [String], machine: MachineInfo, peaks: [Peaks], benchmarks: [BenchmarkResult], started: Date = Date.now
  ) {
    tool = "adjoint-bench"
    self.argv = argv
    timestamp = started.formatted(.iso8601)
    self.machine = machine
    self.peaks = peaks
    self.benchmarks = benchmarks
  }

  /// The document, keys sorted, with the samples for comparisons or without them.
  public func json(withSamples: Bool) throws -> Data {
    var copy = self
    if !withSamples {
      for index in copy.benchmarks.indices { copy.benchmarks[index].samplesNs = nil }
    }
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.outputFormatting = withSamples ? [.sortedKeys] : [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    var data = try encoder.encode(copy)
    data.append(UInt8(ascii: "\n"))
    return data
  }

  /// Reads a document of this version.
  public init(json: Data, name: String) throws {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    struct Version: Codable { var schemaVersion: Int }
    guard let version = try? decoder.decode(Version.self, from: json).schemaVersion else {
      throw SelectionError("\(name) is not a result of adjoint-bench")
    }
    guard version == Report.currentVersion else {
      throw SelectionError(
        "\(name) has schema version \(version), and this adjoint-bench reads version \(Report.currentVersion)")
    }
    do {
      self = try decoder.decode(Report.self, from: json)
    } catch {
      throw SelectionError("\(name) is damaged: it does not follow schema version \(version)")
    }
  }
}
