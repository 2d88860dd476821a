import ArgumentParser
import BenchmarkCore
import BenchmarkWorkloads

struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Compares two saved results, or a saved result with now.",
    discussion: """
      A change counts when the 95 % bootstrap interval of the ratio of the medians leaves 1 out.

      EXAMPLES
        adjoint-bench compare before after
        adjoint-bench compare before                   measures the cases of 'before' again
      """)

  @Argument(help: "A name given to --save, or a file.", completion: .custom { _, _, _ in Baselines.names() })
  var old: String

  @Argument(
    help: "The same; without it the cases of OLD are measured now.",
    completion: .custom { _, _, _ in Baselines.names() })
  var new: String?

  @OptionGroup var output: OutputOptions

  @Option(help: "Exit with 1 if a case became slower by more than this, beyond the noise: '5%'.")
  var failAbove: Percentage?

  func run() throws {
    let before = try Baselines.load(old)
    let after = try new.map { try Baselines.load($0) } ?? measureAgain(before)
    let comparison = Comparison(old: before)
    let table = comparison.table(after)
    guard !table.rows.isEmpty else { throw SelectionError("the two results have no case in common") }
    try output.show(table, csv: table.csv(), json: try Document.json(comparison.entries(after)))
    if let mean = comparison.geometricMean(after) {
      Terminal.writeError("geometric mean of new/old: \(Units.fixed(mean, 3)) over \(table.rows.count) cases\n")
    }
    if before.machine.cpuModel != after.machine.cpuModel {
      Terminal.writeError("warning: the results are of different processors\n")
    }
    if let failAbove, !comparison.regressions(in: after, above: failAbove.fraction).isEmpty { throw ExitCode(1) }
  }

  /// The cases of a saved result, as far as this version has them.
  private func measureAgain(_ report: Report) throws -> Report {
    let known = Dictionary(uniqueKeysWithValues: Catalogue.workloads.map { ($0.id, $0) })
    let cases = report.benchmarks.compactMap { result in
      known[result.id].map {
        WorkloadCase(
          workload: $0, dataType: result.dtype, size: result.size, shape: result.shape, threads: result.threads)
      }
    }
    guard !cases.isEmpty else { throw SelectionError("'\(old)' has no case that can be measured again") }
    return try Session(options: MeasureOptions.parse([])).run(cases)
  }
}
