import Foundation
import Testing

@testable import BenchmarkCore

@Suite struct ReportTests {
  private func schema() throws -> JSONSchema {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(
      path: "../../../Documentation/benchmark-schema.json")
    return try JSONSchema(Data(contentsOf: file))
  }

  private var report: Report {
    var measured = Fixture.result([10, 11, 12])
    measured.pctPeak = 12.5
    return Fixture.report([
      measured, BenchmarkResult(Fixture.item(size: nil), failure: "element 3 is 1 instead of 2"),
      BenchmarkResult(Fixture.item(), samples: [5], verified: nil, stopReason: .timeoutNoise),
    ])
  }

  @Test(arguments: [false, true])
  func followsTheSchema(_ withSamples: Bool) throws {
    let errors = try schema().errors(in: report.json(withSamples: withSamples))
    #expect(errors.isEmpty, "\(errors)")
  }

  @Test func theSchemaRefusesWhatIsWrong() throws {
    let text = String(decoding: try report.json(withSamples: false), as: UTF8.self)
    let wrong = [
      ("\"schema_version\" : 1", "\"schema_version\" : 2"), ("\"float32\"", "\"float16\""),
      ("\"samples_n\" : 3", "\"samples_n\" : -3"), ("\"verified\" : true", "\"verified\" : 1"),
      ("\"tool\"", "\"tools\""), ("\"size\" : null", "\"size\" : \"3\""),
    ]
    for (right, replacement) in wrong {
      let damaged = text.replacingOccurrences(of: right, with: replacement)
      #expect(damaged != text, "\(right) does not occur")
      #expect(try !schema().errors(in: Data(damaged.utf8)).isEmpty, "\(replacement)")
    }
  }

  @Test func hasTheNamesOfVersion1() throws {
    let json = try JSONSerialization.jsonObject(with: report.json(withSamples: false)) as! [String: Any]
    let first = (json["benchmarks"] as! [[String: Any]])[0]
    let names: Set = [
      "id", "dtype", "shape", "size", "threads", "bytes", "flops", "items", "samples_n", "time_ns", "rate", "pct_peak",
      "verified", "stop_reason",
    ]
    #expect(names.isSubset(of: first.keys))
    #expect(first["samples_ns"] == nil)
    #expect((first["time_ns"] as! [String: Any])["median"] as! Double == 11)
    // 8,000 bytes in 11 ns, 2,000 operations, 1,000 items.
    let rate = first["rate"] as! [String: Double]
    #expect(abs(rate["gbs"]! - 8000 / 11) < 1e-9)
    #expect(abs(rate["gflops"]! - 2000 / 11) < 1e-9)
    #expect(abs(rate["items"]! - 1000 / 11e-9) < 1)
  }

  @Test func roundTrips() throws {
    let original = report
    #expect(try Report(json: original.json(withSamples: true), name: "x") == original)
  }

  @Test func refusesOtherDocuments() throws {
    #expect(throws: SelectionError.self) { try Report(json: Data("{}".utf8), name: "x") }
    #expect(throws: SelectionError.self) { try Report(json: Data("{\"schema_version\": 2}".utf8), name: "x") }
    #expect(throws: SelectionError.self) { try Report(json: Data("{\"schema_version\": 1}".utf8), name: "x") }
  }

  @Test func tableIsAligned() {
    let lines = report.table().aligned(Style(isColored: false)).split(separator: "\n")
    #expect(lines.count == 4)
    #expect(lines[0].hasPrefix("workload"))
    #expect(lines[2].contains("FAILED: element 3 is 1 instead of 2"))
    #expect(lines[3].contains("timeout-max-noise"))
    // Numbers end where their title ends.
    let title = lines[0].range(of: "median ± MAD")!
    let end = lines[0].distance(from: lines[0].startIndex, to: title.upperBound)
    #expect(lines[1].prefix(end).hasSuffix("11.0 ns ± 9.1 %"), "\(lines[1])")
  }

  @Test func coloursOnlyWhereTheyAreWanted() {
    #expect(report.table().aligned(Style(isColored: true)).contains("\u{1B}["))
    #expect(!report.table().aligned(Style(.never, isTerminal: true)).contains("\u{1B}["))
    #expect(Style(.always, isTerminal: false).isColored)
    #expect(!Style(.auto, isTerminal: false).isColored)
  }

  @Test func markdownAndCSV() {
    let markdown = report.table().markdown().split(separator: "\n")
    #expect(markdown.count == 5)
    #expect(Set(markdown.map { $0.filter { $0 == "|" }.count }).count == 1)
    let csv = report.csv().split(separator: "\n")
    #expect(csv.count == 4)
    #expect(csv[0].split(separator: ",", omittingEmptySubsequences: false).count == 25)
    #expect(Set(csv.map { $0.split(separator: ",", omittingEmptySubsequences: false).count }) == [25])
    #expect(TextTable.quoted("a,\"b\"") == "\"a,\"\"b\"\"\"")
  }

  @Test(arguments: [
    (0.0, "0.00 ns"), (9.994, "9.99 ns"), (123.4, "123 ns"), (999.4, "999 ns"), (999.9, "1.00 µs"), (1500, "1.50 µs"),
    (12_345_678, "12.3 ms"), (2.5e9, "2.50 s"), (9.999e3, "10.0 µs"), (99.96, "100 ns"),
  ])
  func times(_ nanoseconds: Double, _ text: String) {
    #expect(Units.time(nanoseconds) == text)
  }

  @Test func otherUnits() {
    #expect(Units.bytes(48 << 10) == "48 KiB")
    #expect(Units.bytes(1536) == "1.5 KiB")
    #expect(Units.prefixed(4_500_000) == "4.50 M")
    #expect(Units.percent(0.007) == "0.7 %")
    #expect(Units.change(1.031) == "+3.1 %")
    #expect(Units.change(0.5) == "−50 %")
    #expect(Units.fixed(-0.001, 2) == "0.00")
  }
}
