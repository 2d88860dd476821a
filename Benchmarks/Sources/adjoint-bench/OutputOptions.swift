import ArgumentParser
import BenchmarkCore

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// How to show results.
struct OutputOptions: ParsableArguments {
  @Option(help: "table, markdown, csv or json.")
  var format = OutputFormat.table

  @Option(help: "The file to write to instead of standard output.", completion: .file())
  var out: String?

  @Option(help: "Colours: auto (on terminals, unless NO_COLOR is set), always or never.")
  var color = Style.Choice.auto

  var style: Style { Style(color, isTerminal: out == nil && Terminal.isStandardOutput) }

  /// Writes a table in the chosen format; JSON and CSV have texts of their own.
  func show(_ table: TextTable, csv: @autoclosure () -> String, json: @autoclosure () throws -> Data) throws {
    switch format {
    case .table: try write(table.aligned(style))
    case .markdown: try write(table.markdown())
    case .csv: try write(csv())
    case .json: try write(String(decoding: json(), as: UTF8.self))
    }
  }

  /// Writes to the file, or to standard output.
  func write(_ text: String) throws {
    guard let out else {
      Terminal.write(text)
      return
    }
    do {
      try Data(text.utf8).write(to: URL(filePath: out), options: .atomic)
    } catch {
      throw SelectionError("\(out) cannot be written")
    }
    Terminal.writeError("written to \(out)\n")
  }
}
