import Foundation
import Testing

@testable import BenchmarkCore

@Suite struct ComparisonTests {
  private func samples(_ center: Double, seed: UInt64) -> [Double] {
    var generator = SplitMix(state: seed)
    return (0..<100).map { _ in center + Double(generator.next() % 100) / 100 }
  }

  @Test func failsOnlyBeyondNoiseAndThreshold() {
    let old = Comparison(old: Fixture.report([Fixture.result(samples(100, seed: 1))]))
    func regressions(_ center: Double, above threshold: Double) -> Int {
      old.regressions(in: Fixture.report([Fixture.result(samples(center, seed: 2))]), above: threshold).count
    }
    #expect(regressions(110, above: 0.05) == 1)
    #expect(regressions(103, above: 0.05) == 0)
    #expect(regressions(103, above: 0.01) == 1)
    #expect(regressions(100, above: 0) == 0)
    #expect(regressions(50, above: 0.05) == 0)
  }

  /// Two samples on each side, far apart: slower on average, but nothing is sure.
  @Test func noiseIsNoRegression() {
    let comparison = Comparison(old: Fixture.report([Fixture.result([100, 200])]))
    #expect(comparison.regressions(in: Fixture.report([Fixture.result([110, 210])]), above: 0.05).isEmpty)
  }

  @Test func comparesOnlyTheSameCase() {
    let comparison = Comparison(old: Fixture.report([Fixture.result([1, 2, 3])]))
    #expect(comparison.change(of: Fixture.result([1, 2, 3], shape: [7])) == nil)
    #expect(comparison.change(of: Fixture.result([2, 4, 6]))?.interval.ratio == 2)
    #expect(comparison.table(Fixture.report([Fixture.result([2, 4, 6])])).rows.count == 1)
    #expect(comparison.entries(Fixture.report([Fixture.result([2, 4, 6])])).first?.ratio == 2)
  }

  @Test func savesAndLoads() throws {
    let path = FileManager.default.temporaryDirectory.appending(path: "baseline-\(UUID().uuidString)/a.json").path
    defer { try? FileManager.default.removeItem(atPath: URL(filePath: path).deletingLastPathComponent().path) }
    let report = Fixture.report([Fixture.result([1, 2, 3])])
    #expect(try Baselines.save(report, as: path) == path)
    #expect(try Baselines.load(path) == report)
    #expect(throws: SelectionError.self) { try Baselines.load("/no/such/file.json") }
  }

  @Test func names() throws {
    #expect(Baselines.folder(["HOME": "/h"]) == "/h/.local/share/adjoint-bench")
    #expect(Baselines.folder(["HOME": "/h", "XDG_DATA_HOME": "/d"]) == "/d/adjoint-bench")
    #expect(try Baselines.path("before").hasSuffix("/adjoint-bench/before.json"))
    #expect(try Baselines.path("./x") == "./x")
    #expect(throws: SelectionError.self) { try Baselines.path("") }
    #expect(throws: SelectionError.self) { try Baselines.path("..") }
  }
}
