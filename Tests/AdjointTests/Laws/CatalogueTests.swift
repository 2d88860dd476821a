import Foundation
import Testing

@testable import Adjoint

/// The catalogue names every operation that the folder declares, once and in order.
@Suite struct CatalogueTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../../Sources/Adjoint/Operations").standardizedFileURL

  @Test func catalogueAndFolderAgree() throws {
    let files = try #require(FileManager.default.enumerator(at: Self.folder, includingPropertiesForKeys: nil))
    var declared: Set<String> = []
    for case let file as URL in files where file.pathExtension == "swift" {
      for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
        if let match = line.firstMatch(of: /^(?:enum|struct) (\w+): OperationDeclaration\b/) {
          declared.insert(String(match.1))
        }
      }
    }
    let listed = Catalogue.operations.map { "\($0)" }
    #expect(declared.count > 50, "found only \(declared.count) declarations under \(Self.folder.path())")
    #expect(Set(listed) == declared, "differ in \(Set(listed).symmetricDifference(declared).sorted())")
    #expect(listed == listed.sorted(), "the catalogue's lines are not in order")
    #expect(Set(listed).count == listed.count, "an operation is listed twice")
  }

  @Test(arguments: Catalogue.operations.map { "\($0)" }) func everyOperationHasSamples(_ name: String) throws {
    let declaration = try #require(Catalogue.operations.first { "\($0)" == name })
    #expect(!declaration.samples.isEmpty, "\(name) has no samples")
    let labels = declaration.samples.map(\.label)
    #expect(!labels.contains(""), "\(name) has a sample without a label")
  }
}
