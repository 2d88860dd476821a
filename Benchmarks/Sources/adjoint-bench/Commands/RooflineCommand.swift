import ArgumentParser
import BenchmarkCore

struct RooflineCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "roofline",
    abstract: "Draws the roofline of a run as SVG, one point per workload.",
    discussion: """
      EXAMPLES
        adjoint-bench roofline --out roofline.svg
        adjoint-bench roofline --from before elementwise > roofline.svg
      """)

  @OptionGroup var measure: MeasureOptions

  @Option(help: "Draw a saved result instead of measuring.", completion: .custom { _, _, _ in Baselines.names() })
  var from: String?

  @Option(help: "The file to write to instead of standard output.", completion: .file())
  var out: String?

  func run() throws {
    var report = try from.map { try Baselines.load($0) } ?? Session(options: measure).run()
    if from != nil, !measure.filters.isEmpty {
      let ids = Set(try Filter.select(measure.filters, from: report.benchmarks.map(\.id)))
      report.benchmarks.removeAll { !ids.contains($0.id) }
    }
    var output = try OutputOptions.parse([])
    output.out = out
    try output.write(try Roofline(report, type: measure.dtype.types[0]).svg())
    if from == nil { try Session.exit(for: report) }
  }
}
