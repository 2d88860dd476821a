import ArgumentParser
import BenchmarkCore

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A measurement from its start to its report: what every command that measures does.
struct Session {
  let options: MeasureOptions

  /// Measures the cases that the options select.
  func run() throws -> Report { try run(try options.cases()) }

  /// Measures cases: context first, then peaks, then the workloads, then what disturbed them.
  func run(_ cases: [WorkloadCase]) throws -> Report {
    let started = Date.now
    try requireReleaseBuild()
    try options.applyInstructionSet()
    Interrupt.handle()
    var machine = MachineInfo.current()
    machine.warnings += LoadMonitor.busyNow()
    if !options.quiet { Terminal.writeError(machine.summary) }
    warn(machine.warnings)
    let monitor = LoadMonitor()
    let progress = Progress(total: cases.count, isQuiet: options.quiet)
    let peaks = options.peaks ? measurePeaks(cases, machine, progress) : []
    let runner = Runner(
      options: options.sampling, verifies: options.verify, interleaves: options.interleave, machine: machine,
      peaks: peaks, progress: progress)
    let results = runner.run(cases)
    let disturbances = monitor.warnings().filter { !machine.warnings.contains($0) }
    warn(disturbances)
    machine.warnings += disturbances
    for result in results {
      if let note = result.stopReason.note(result.statistics, options.sampling) {
        Terminal.writeError("note: \(result.id) \(result.dtype.rawValue) \(result.shapeText): \(note)\n")
      }
    }
    return Report(argv: CommandLine.arguments, machine: machine, peaks: peaks, benchmarks: results, started: started)
  }

  /// What must be so before a measurement: a release build, the instruction set, and a handler of interrupts.
  func begin() throws {
    try requireReleaseBuild()
    try options.applyInstructionSet()
    Interrupt.handle()
    let machine = MachineInfo.current()
    if !options.quiet { Terminal.writeError(machine.summary) }
    warn(machine.warnings + LoadMonitor.busyNow())
  }

  /// One case without peaks, context and progress, for commands that do other things between cases.
  func measureQuietly(_ item: WorkloadCase) -> BenchmarkResult {
    let runner = Runner(
      options: options.sampling, verifies: options.verify, interleaves: false, machine: MachineInfo.current(),
      peaks: [],
      progress: Progress(total: 1, isQuiet: true))
    return runner.run([item]).first
      ?? BenchmarkResult(item, samples: [], verified: nil, stopReason: .interrupted)
  }

  /// The exit code that a report asks for: 1 if a check failed, 130 after an interrupt.
  static func exit(for report: Report) throws {
    if Interrupt.isRequested { throw ExitCode(130) }
    if report.benchmarks.contains(where: { $0.stopReason == .failed }) { throw ExitCode(1) }
  }

  private func measurePeaks(_ cases: [WorkloadCase], _ machine: MachineInfo, _ progress: Progress) -> [Peaks] {
    var counts: [Int] = []
    for item in cases where !counts.contains(item.threads) { counts.append(item.threads) }
    var peaks: [Peaks] = []
    for count in counts where !Interrupt.isRequested {
      progress.start(0, "the machine's peaks with \(count) thread\(count == 1 ? "" : "s")")
      peaks.append(Peaks.measure(machine: machine, threads: count))
    }
    progress.finish()
    return peaks
  }

  private func warn(_ warnings: [String]) {
    let style = Style(.auto, isTerminal: Terminal.isStandardError)
    for warning in warnings { Terminal.writeError(style.paint("warning: ", .yellow) + warning + "\n") }
  }
}
