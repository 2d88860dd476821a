import ArgumentParser
import BenchmarkCore
import BenchmarkWorkloads

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

struct ListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Names the workloads, what each measures, its bytes and its operations.",
    discussion: "In the formulas, n is the size (or m, k, n are the extents) and s the bytes of an element.")

  @Argument(help: "Ids, groups or patterns.", completion: .list(Catalogue.ids))
  var filters: [String] = []

  @OptionGroup var output: OutputOptions

  private struct Entry: Codable {
    var id, summary, kind, sizeMeaning, bytes, flops: String
    var dtypes: [DataType]
    var defaultSizes: [Int]
  }

  func run() throws {
    let workloads = try Catalogue.select(filters)
    var table = TextTable([
      .init("workload", isNumber: false), .init("measures", isNumber: false), .init("size", isNumber: false),
      .init("defaults", isNumber: false), .init("bytes", isNumber: false), .init("operations", isNumber: false),
    ])
    table.rows = workloads.map { workload in
      [
        .init(workload.id), .init(workload.summary), .init(workload.sizeMeaning),
        .init(workload.defaultSizes.map(String.init).joined(separator: ", ")), .init(workload.bytesFormula),
        .init(workload.flopsFormula),
      ]
    }
    let entries = workloads.map { workload in
      Entry(
        id: workload.id, summary: workload.summary, kind: workload.kind.rawValue, sizeMeaning: workload.sizeMeaning,
        bytes: workload.bytesFormula, flops: workload.flopsFormula, dtypes: workload.dataTypes,
        defaultSizes: workload.defaultSizes)
    }
    try output.show(table, csv: table.csv(), json: try Document.json(entries))
  }
}

/// JSON as every command writes it.
enum Document {
  static func json(_ value: some Encodable) throws -> Data {
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    var data = try encoder.encode(value)
    data.append(UInt8(ascii: "\n"))
    return data
  }
}
