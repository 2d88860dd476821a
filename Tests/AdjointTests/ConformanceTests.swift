import ConformanceRunner
import Testing

/// The committed cases. `make conformance` runs them too, in release mode and each by itself.
@Suite struct ConformanceTests {
  /// The cases of all committed folders, each with its folder.
  static let cases = Result { () throws -> [(folder: ConformanceFolder, test: ConformanceCase)] in
    let here = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(2).joined(separator: "/")
    return try ["cases", "widened", "truth"].flatMap { name in
      let folder = try ConformanceFolder(path: here + "/Conformance/" + name)
      return folder.cases.map { (folder, $0) }
    }
  }

  /// The first parts of the cases' names.
  private static let groups = [
    "tutorial", "opdb", "factor", "strided", "special", "integer", "random", "random-linalg", "widened",
    "widened-special", "widened-random", "windows", "truth",
  ]

  /// The cases in groups, so that groups run side by side.
  @Test(arguments: groups) func committedCases(_ group: String) throws {
    let cases = try Self.cases.get().filter { $0.test.name.hasPrefix(group + "/") }
    #expect(!cases.isEmpty, "no case begins with \(group)")
    for (folder, test) in cases {
      let verdict = folder.run(test)
      #expect(verdict == .passed, "\(test.name): \(verdict)")
    }
  }

  @Test func everyCaseIsInAGroup() throws {
    for (_, test) in try Self.cases.get() {
      #expect(Self.groups.contains(String(test.name.split(separator: "/")[0])), "\(test.name)")
    }
  }
}
