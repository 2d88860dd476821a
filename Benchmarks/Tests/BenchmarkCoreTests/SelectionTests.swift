import Testing

@testable import BenchmarkCore

@Suite struct SelectionTests {
  @Test(arguments: [
    ("3,1000,100000", [3, 1000, 100_000]),
    ("1Ki..16Ki*4", [1024, 4096, 16384]),
    ("1Ki..16Mi*4", [1024, 4096, 16384, 65536, 262_144, 1_048_576, 4_194_304, 16_777_216]),
    ("1k..8k", [1000, 2000, 4000, 8000]),
    ("10..50+20", [10, 30, 50]),
    ("5..5", [5]),
    ("100_000", [100_000]),
    ("10M,3,10M", [10_000_000, 3]),
    ("7..30*3,8", [7, 21, 8]),
    ("2Gi", [2 << 30]),
  ])
  func sizes(_ text: String, _ sizes: [Int]) throws {
    #expect(try SizeList(parsing: text).sizes == sizes)
  }

  @Test(arguments: [
    "", "0", "-1", "x", "1.5", "3,,4", "1Ti", "8..2", "1..8*1", "1..8+0", "1..", "..8", "1..8*", "99999999999999999999",
    "9000000000000000000Ki", "1..9000000+1", "٣",
  ])
  func wrongSizes(_ text: String) {
    #expect(throws: SelectionError.self) { try SizeList(parsing: text) }
  }

  @Test func rangesUpToTheLargestNumberEnd() throws {
    #expect(try SizeList(parsing: "4611686018427387904..9223372036854775807*3").sizes == [4_611_686_018_427_387_904])
  }

  @Test func shapes() throws {
    #expect(try ShapeList(parsing: "128x256,1Kix64").shapes == [[128, 256], [1024, 64]])
    #expect(try ShapeList(parsing: "7").shapes == [[7]])
    for wrong in ["", "x", "3x", "3x-1", "axb", "3,,4"] {
      #expect(throws: SelectionError.self, "\(wrong)") { try ShapeList(parsing: wrong) }
    }
  }

  static let ids = [
    "tutorial/forward", "tutorial/backward", "elementwise/exp", "reduction/logsumexp-rows", "naive/exp",
  ]

  @Test(arguments: [
    ("tutorial", ["tutorial/forward", "tutorial/backward"]),
    ("tutorial/", ["tutorial/forward", "tutorial/backward"]),
    ("naive/exp", ["naive/exp"]),
    ("*/exp", ["elementwise/exp", "naive/exp"]),
    ("exp", ["elementwise/exp", "reduction/logsumexp-rows", "naive/exp"]),
    ("*", ids),
    ("t*/?orward", ["tutorial/forward"]),
    ("*a*a*a*a*a*a*a*a*b", []),
    ("nothing", []),
  ])
  func filters(_ pattern: String, _ matches: [String]) {
    #expect(Filter(pattern).matches(in: Self.ids) == matches)
  }

  @Test func filtersKeepTheOrderOfTheCatalogue() throws {
    #expect(
      try Filter.select(["naive", "tutorial"], from: Self.ids) == [
        "tutorial/forward", "tutorial/backward", "naive/exp",
      ])
    #expect(try Filter.select([], from: Self.ids) == Self.ids)
    #expect(throws: SelectionError.self) { try Filter.select(["tutorial", "no such"], from: Self.ids) }
  }

  @Test func casesCombineTypesSizesAndThreads() {
    let workload = Fixture.workload(defaultSizes: [3, 1000])
    let selection = CaseSelection(workloads: [workload], dataTypes: [.float32, .float64], threads: [1, 2])
    let cases = selection.cases().cases
    #expect(cases.count == 8)
    #expect(cases[0].shape == [3] && cases[0].threads == 1 && cases[1].threads == 2)
    #expect(cases.last?.dataType == .float64 && cases.last?.size == 1000)
  }

  @Test func casesSayWhatTheyLeaveOut() throws {
    var workload = Fixture.workload(defaultSizes: [3])
    workload.largestSize = 100
    let tooLarge = CaseSelection(
      workloads: [workload], dataTypes: [.float32], sizes: SizeList([10, 1000]), threads: [1]
    ).cases()
    #expect(tooLarge.cases.map(\.size) == [10])
    #expect(tooLarge.skipped.count == 1)
    let shaped = CaseSelection(
      workloads: [workload], dataTypes: [.float32], shapes: ShapeList([[2, 3]]), threads: [1]
    ).cases()
    #expect(shaped.cases.isEmpty && shaped.skipped.count == 1)
    workload.ranks = 2...2
    let fitting = CaseSelection(
      workloads: [workload], dataTypes: [.float32], shapes: ShapeList([[2, 3], [4]]), threads: [1]
    ).cases()
    #expect(fitting.cases.map(\.shape) == [[2, 3]])
    #expect(fitting.cases[0].size == nil)
  }
}
