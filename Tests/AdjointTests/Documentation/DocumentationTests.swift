import Foundation
import Testing

/// What is printed as code is code that compiles and runs.
@Suite struct DocumentationTests {
  static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  private func lines(_ path: String) throws -> [String] {
    try String(contentsOf: Self.root.appending(path: path), encoding: .utf8)
      .split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.trimmingCharacters(in: .whitespaces) }
  }

  /// The lines of each block of Swift code; manifests are no code of ours.
  private func blocks(_ path: String) throws -> [[String]] {
    var result: [[String]] = []
    var block: [String]?
    for line in try lines(path) {
      if line == "```swift" {
        block = []
      } else if line == "```", let finished = block {
        result.append(finished)
        block = nil
      } else {
        block?.append(line)
      }
    }
    return result.filter { $0.first != "// Package.swift" }
  }

  @Test(arguments: [
    "README.md", "Sources/Adjoint/Adjoint.docc/Adjoint.md", "Sources/Adjoint/Adjoint.docc/TensorsAndGradients.md",
    "Sources/Adjoint/Adjoint.docc/JacobianProducts.md", "Sources/Adjoint/Adjoint.docc/TheTape.md",
  ])
  func everyBlockIsCompiled(_ path: String) throws {
    let compiled = try lines("Tests/AdjointTests/Documentation/DocumentationSnippets.swift").filter { !$0.isEmpty }
    let blocks = try blocks(path)
    #expect(!blocks.isEmpty)
    for block in blocks {
      let wanted = block.filter { !$0.isEmpty && $0 != "import Adjoint" }
      let isFound = compiled.indices.contains { start in compiled[start...].starts(with: wanted) }
      #expect(isFound, "\(path): not in DocumentationSnippets.swift: \(block.joined(separator: "\n"))")
    }
  }

  /// Each cell of the tour is printed as it runs.
  @Test func theTourPrintsWhatItRuns() throws {
    let path = "Examples/Sources/tour/main.swift"
    let source = try String(contentsOf: Self.root.appending(path: path), encoding: .utf8)
    let cells = source.components(separatedBy: "\ncell(").dropFirst()
    #expect(cells.count >= 10)
    for cell in cells {
      let parts = cell.components(separatedBy: "\"\"\"")
      #expect(parts.count == 3, "a cell has one multi-line literal: \(cell)")
      let printed = parts[1].split(separator: "\n").map { $0.dropFirst(2) }.filter { !$0.isEmpty }
      let code = parts[2].dropFirst(2).components(separatedBy: "\n\n")[0].split(separator: "\n")
      #expect(printed == code)
    }
  }
}
