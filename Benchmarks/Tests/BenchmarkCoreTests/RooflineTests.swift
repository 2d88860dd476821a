import Foundation
import Testing

@testable import BenchmarkCore

@Suite struct RooflineTests {
  @Test func drawsAPointPerWorkload() throws {
    let report = Fixture.report([Fixture.result([10, 11]), Fixture.result([100, 110], shape: [5000])])
    let svg = try Roofline(report, type: .float32).svg()
    #expect(svg.components(separatedBy: "<circle").count == 3)
    #expect(svg.contains("test/work 5000"))
    #expect(svg.contains("Test \"CPU\" &lt;1&gt;"))
    #expect(!svg.contains("nan") && !svg.contains("inf"))
  }

  @Test func needsPeaksAndWork() {
    var bare = Fixture.report([Fixture.result([10])])
    bare.peaks = []
    #expect(throws: SelectionError.self) { try Roofline(bare, type: .float32) }
    #expect(throws: SelectionError.self) { try Roofline(Fixture.report([]), type: .float32) }
    #expect(throws: SelectionError.self) { try Roofline(Fixture.report([Fixture.result([10])]), type: .float64) }
  }
}
