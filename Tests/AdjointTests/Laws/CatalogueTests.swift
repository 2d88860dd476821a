import Foundation
import Testing

@testable import Adjoint

/// Every operation that the product declares has its samples in the file at the same place under `Catalogue`, and a
/// line in the catalogue.
@Suite struct CatalogueTests {
  private static let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  private static let product = tests.appending(path: "../../Sources/Adjoint/Operations").standardizedFileURL
  private static let samples = tests.appending(path: "Catalogue")

  /// What only the rules of other operations record: the samples of those cover it.
  private static let partsOfOthers: Set = [
    "Cofactors", "CompleteQR", "CumulativeProductAlong", "CumulativeProductGradient", "EigenvalueGradient",
    "EuclideanNorm",
    "OneMinusSquare", "ProductOfOthers", "RangeScale", "RunningShare", "ScaledValue", "ScatterOthers",
    "SingularValueGradient",
    "SymmetricEigenvalues", "TangentAtKink",
  ]

  /// What a pattern captures at the start of the lines of each Swift file under a folder, by the file's path in it.
  private static func names(
    _ pattern: Regex<(Substring, Substring)>, under folder: URL
  ) throws -> [String: Set<String>] {
    let files = try #require(FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil))
    var found: [String: Set<String>] = [:]
    for case let file as URL in files where file.pathExtension == "swift" {
      let names = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").compactMap {
        $0.prefixMatch(of: pattern).map { String($0.1) }
      }
      if !names.isEmpty {
        found[String(file.standardizedFileURL.path().dropFirst(folder.path().count + 1))] = Set(names)
      }
    }
    return found
  }

  /// The operations of the product, by file. Public enums are choices that an operation's callers make.
  private static func declared() throws -> [String: Set<String>] {
    try names(/enum (\w+)/, under: product).mapValues { $0.subtracting(partsOfOthers) }.filter { !$0.value.isEmpty }
  }

  private static func sampled() throws -> [String: Set<String>] {
    try names(/extension (\w+): OperationDeclaration\b/, under: samples)
  }

  @Test func everyOperationHasItsSamplesFile() throws {
    let (declared, sampled) = (try Self.declared(), try Self.sampled())
    #expect(declared.count > 50, "found only \(declared.count) files with operations under \(Self.product.path())")
    for (file, operations) in declared {
      let missing = operations.subtracting(sampled[file] ?? [])
      #expect(missing.isEmpty, "Tests/AdjointTests/Catalogue/\(file) lacks the samples of \(missing.sorted())")
    }
    for (file, operations) in sampled {
      let stray = operations.subtracting(declared[file] ?? [])
      #expect(
        stray.isEmpty, "Sources/Adjoint/Operations/\(file) does not declare \(stray.sorted())")
    }
  }

  @Test func catalogueAndFolderAgree() throws {
    let declared = Set(try Self.declared().values.joined())
    let listed = Catalogue.operations.map { "\($0)" }
    let missing = declared.subtracting(listed)
    #expect(missing.isEmpty, "the catalogue lacks \(missing.sorted())")
    let stray = Set(listed).subtracting(declared)
    #expect(stray.isEmpty, "the catalogue lists \(stray.sorted()), which no file of the product declares")
    #expect(listed == listed.sorted(), "the catalogue's lines are not in order")
    #expect(Set(listed).count == listed.count, "an operation is listed twice")
  }

  @Test func whatHasNoSamplesIsDeclared() throws {
    let names = Set(try Self.names(/enum (\w+)/, under: Self.product).values.joined())
    let gone = Self.partsOfOthers.subtracting(names)
    #expect(gone.isEmpty, "\(gone.sorted()) are said to need no samples, but no file of the product declares them")
  }

  @Test(arguments: Catalogue.operations.map { "\($0)" }) func everyOperationHasSamples(_ name: String) throws {
    let declaration = try #require(Catalogue.operations.first { "\($0)" == name })
    #expect(!declaration.samples.isEmpty, "\(name) has no samples")
    let labels = declaration.samples.map(\.label)
    #expect(!labels.contains(""), "\(name) has a sample without a label")
  }
}
