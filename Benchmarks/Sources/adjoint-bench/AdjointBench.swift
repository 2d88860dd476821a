import ArgumentParser
import BenchmarkCore

/// The command line: what the machine and the library can do.
struct AdjointBench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "adjoint-bench",
    abstract: "Measures what this library and this machine can do.",
    discussion: """
      EXAMPLES
        adjoint-bench                                  the default suite, in under three minutes
        adjoint-bench run elementwise/exp --size 1Ki..16Mi*4
        adjoint-bench run tutorial matmul/square --format json --out result.json
        adjoint-bench run reduction --threads 1,2 --dtype float32,float64
        adjoint-bench run --save before                measure, change something, then
        adjoint-bench run --baseline before --fail-above 5%
        adjoint-bench compare before after
        adjoint-bench roofline --out roofline.svg

      Data goes to standard output, progress and context to standard error. The exit code is 0 if all is well,
      1 if a workload failed its check or became slower than allowed, 64 for arguments that make no sense and
      130 after an interrupt.
      """,
    version: "0.1.0",
    subcommands: [
      RunCommand.self, ListCommand.self, MachineCommand.self, DispatchCommand.self, CompareCommand.self,
      RooflineCommand.self, PeersCommand.self,
    ],
    defaultSubcommand: RunCommand.self)
}
