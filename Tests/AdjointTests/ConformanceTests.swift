import ConformanceRunner
import Testing

/// The committed cases. `make conformance` runs them too, in release mode and each by itself.
@Suite struct ConformanceTests {
  static let folder = Result { () throws -> ConformanceFolder in
    let here = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(2).joined(separator: "/")
    return try ConformanceFolder(path: here + "/Conformance/cases")
  }

  /// The cases in groups by the first part of their names, so that groups run side by side.
  @Test(arguments: ["tutorial", "opdb", "factor", "strided", "special", "integer", "random", "random-linalg"])
  func committedCases(_ group: String) throws {
    let folder = try Self.folder.get()
    let cases = folder.cases.filter { $0.name.hasPrefix(group + "/") }
    #expect(!cases.isEmpty, "no case begins with \(group)")
    for test in cases {
      let verdict = folder.run(test)
      #expect(verdict == .passed, "\(test.name): \(verdict)")
    }
  }

  @Test func everyCaseIsInAGroup() throws {
    let groups: Set = ["tutorial", "opdb", "factor", "strided", "special", "integer", "random", "random-linalg"]
    for test in try Self.folder.get().cases {
      #expect(groups.contains(String(test.name.split(separator: "/")[0])), "\(test.name)")
    }
  }
}
