import AdjointKernels
import ArgumentParser
import BenchmarkCore
import BenchmarkWorkloads

/// What to measure, and when it is enough: shared by every command that measures.
struct MeasureOptions: ParsableArguments {
  @Argument(
    help: "Ids, groups or patterns: 'matmul/square', 'reduction', '*/exp'. All without one.",
    completion: .list(Catalogue.ids))
  var filters: [String] = []

  @Option(help: "Sizes: '3,1000', '1Ki..16Mi*4', '10..50+10'. Each workload has defaults.")
  var size: String?

  @Option(help: "Shapes instead of sizes: '128x256,1Kix64'.")
  var shape: String?

  @Option(help: "Element types: float32, float64 or all.")
  var dtype = DataTypes([.float32])

  @Option(help: "Thread counts: '1,2'. By default as many as processors may be used.")
  var threads: String?

  @Option(help: "The instruction set of the library's own kernels: baseline, avx2 or avx512.")
  var isa: InstructionSet?

  @Option(help: "Measured time per case.")
  var minTime = Duration(seconds: SamplingOptions().minimumTime)

  @Option(help: "Samples per case.")
  var minSamples = SamplingOptions().minimumSamples

  @Option(help: "The standard error of the median to reach, in percent.")
  var maxNoise = Percentage(fraction: SamplingOptions().maximumNoise)

  @Option(help: "Time after which a case ends although a criterion is not met.")
  var timeout = Duration(seconds: SamplingOptions().timeout)

  @Flag(help: "Take turns between the cases, so that a drift of the machine reaches all alike.")
  var interleave = false

  @Flag(help: "Whether the data is in the caches when a sample starts.")
  var temperature = Temperature.warm

  @Flag(inversion: .prefixedNo, help: "Check each result against a reference first.")
  var verify = true

  @Flag(inversion: .prefixedNo, help: "Measure the machine's peaks first, a few seconds.")
  var peaks = true

  @Flag(name: .shortAndLong, help: "No progress.")
  var quiet = false

  enum Temperature: String, EnumerableFlag { case warm, cold }

  func validate() throws {
    guard size == nil || shape == nil else { throw ValidationError("--size and --shape cannot be given together") }
    guard minSamples >= 1 else { throw ValidationError("--min-samples must be at least 1, not \(minSamples)") }
    guard timeout.seconds > 0 else { throw ValidationError("--timeout must be more than 0") }
  }

  var sampling: SamplingOptions {
    var options = SamplingOptions()
    options.minimumTime = minTime.seconds
    options.minimumSamples = minSamples
    options.maximumNoise = maxNoise.fraction
    options.timeout = timeout.seconds
    options.isCold = temperature == .cold
    return options
  }

  /// The numbers of threads, each once.
  func threadCounts() throws -> [Int] {
    guard let threads else { return [Parallelism.availableProcessors] }
    var counts: [Int] = []
    for word in threads.split(separator: ",", omittingEmptySubsequences: false) {
      guard let count = Int(word), (1...1024).contains(count) else {
        throw SelectionError(
          "'\(threads)' is not a list of thread counts: write whole numbers of at least 1, such as 1,2")
      }
      if !counts.contains(count) { counts.append(count) }
    }
    return counts
  }

  /// The cases that were asked for; says on standard error what was left out.
  func cases() throws -> [WorkloadCase] {
    let selection = CaseSelection(
      workloads: try Catalogue.select(filters), dataTypes: dtype.types,
      sizes: try size.map { try SizeList(parsing: $0) },
      shapes: try shape.map { try ShapeList(parsing: $0) }, threads: try threadCounts())
    let (cases, skipped) = selection.cases()
    guard !cases.isEmpty else { throw SelectionError(skipped.first ?? "nothing is selected") }
    for sentence in skipped { Terminal.writeError("skipped: \(sentence)\n") }
    return cases
  }

  /// Switches the kernels if asked to.
  func applyInstructionSet() throws {
    guard let isa else { return }
    guard MachineInfo.useInstructionSet(isa.rawValue) else {
      throw SelectionError("this processor does not have the instruction set \(isa.rawValue)")
    }
  }
}

/// Stops with an explanation in a debug build: its figures would mean nothing.
func requireReleaseBuild() throws {
  #if DEBUG
    Terminal.writeError(
      "adjoint-bench: this is a debug build, whose figures mean nothing; build with 'swift build -c release'\n")
    throw ExitCode(1)
  #endif
}
