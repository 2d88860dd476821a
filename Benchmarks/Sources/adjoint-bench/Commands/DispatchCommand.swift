import ArgumentParser
import BenchmarkCore

struct DispatchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dispatch", abstract: "Shows which route each operation takes, and both routes' rates by size.")

  @OptionGroup var output: OutputOptions

  func run() throws {}
}
