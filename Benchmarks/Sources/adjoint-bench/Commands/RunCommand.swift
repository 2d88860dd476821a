import ArgumentParser
import BenchmarkCore

struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Measures workloads (the default command).",
    discussion: """
      EXAMPLES
        adjoint-bench run tutorial/backward --size 3,1000,100000
        adjoint-bench run 'elementwise/*' --size 1Ki..16Mi*4 --format markdown
        adjoint-bench run matmul --dtype all --threads 1,2 --interleave
        adjoint-bench run --baseline main --fail-above 5%
      """)

  @OptionGroup var measure: MeasureOptions
  @OptionGroup var output: OutputOptions

  @Option(help: "Keep the result under a name (or in a .json file) for comparisons.")
  var save: String?

  @Option(help: "Compare with a saved result.")
  var baseline: String?

  @Option(help: "Exit with 1 if a case is slower than the baseline by more than this, beyond the noise: '5%'.")
  var failAbove: Percentage?

  func validate() throws {
    guard failAbove == nil || baseline != nil else { throw ValidationError("--fail-above needs --baseline NAME") }
  }

  func run() throws {
    // Before the measurement: a wrong name should not cost three minutes.
    let comparison = try baseline.map { Comparison(old: try Baselines.load($0)) }
    if let save { _ = try Baselines.path(save) }
    let report = try Session(options: measure).run()
    try output.show(
      report.table(baseline: comparison), csv: report.csv(), json: try report.json(withSamples: false))
    if let save {
      Terminal.writeError("saved as \(try Baselines.save(report, as: save))\n")
    }
    try Session.exit(for: report)
    if let comparison, let failAbove {
      let slower = comparison.regressions(in: report, above: failAbove.fraction)
      for result in slower {
        Terminal.writeError("slower: \(result.id) \(result.dtype.rawValue) \(result.shapeText)\n")
      }
      if !slower.isEmpty { throw ExitCode(1) }
    }
  }
}
