import ArgumentParser
import BenchmarkCore

struct PeersCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "peers", abstract: "Compares with PyTorch, JAX and NumPy on the same workloads.")

  @OptionGroup var output: OutputOptions

  func run() throws {}
}
