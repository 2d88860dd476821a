import AdjointKernels
import ArgumentParser
import BenchmarkCore
import BenchmarkWorkloads

struct DispatchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dispatch",
    abstract: "Compares the kernels of the library with the routines of BLAS, by size.",
    discussion: """
      Where BLAS has a routine, the routine and the kernels that the library runs instead are timed in turns on the
      same arrays.
      """)

  @Argument(help: "Routines: dot, axpy, gemv … All without one.", completion: .list(Route.all.map(\.routine)))
  var routines: [String] = []

  @Option(help: "Sizes instead of each routine's own.")
  var size: String?

  @Option(help: "Element types: float32, float64 or all.")
  var dtype = DataTypes([.float32])

  @Option(help: "How many threads may compute.")
  var threads: Int?

  @OptionGroup var output: OutputOptions

  private struct Entry: Codable {
    var routine: String
    var dtype: DataType
    var size: Int
    var blasNs: Double
    var ownNs: Double
    var blasGbs: Double?
    var ownGbs: Double?
    var blasGflops: Double?
    var ownGflops: Double?
  }

  private struct Answer: Codable {
    var comparisons: [Entry]
    var others: [OperationGroup]
  }

  func validate() throws {
    guard threads ?? 1 >= 1 else { throw ValidationError("--threads must be at least 1") }
    for routine in routines where !Route.all.contains(where: { $0.routine == routine }) {
      throw ValidationError("'\(routine)' is not one of \(Route.all.map(\.routine).joined(separator: ", "))")
    }
  }

  func run() throws {
    try requireReleaseBuild()
    let sizes = try size.map { try SizeList(parsing: $0).sizes }
    Interrupt.handle()
    let machine = MachineInfo.current()
    Terminal.writeError(machine.summary)
    for warning in machine.warnings + LoadMonitor.busyNow() { Terminal.writeError("warning: \(warning)\n") }
    Runner.useThreads(threads ?? Parallelism.availableProcessors)
    let routes = routines.isEmpty ? Route.all : Route.all.filter { routines.contains($0.routine) }
    let entries = measure(routes, sizes)
    let table = DispatchCommand.table(entries, routes)
    if output.format == .table {
      var others = TextTable([.init("other operations", isNumber: false), .init("route", isNumber: false)])
      others.rows = Route.others.map { [.init($0.operations), .init($0.route)] }
      try output.write(table.aligned(output.style) + "\n" + others.aligned(output.style))
    } else {
      try output.show(
        table, csv: table.csv(), json: try Document.json(Answer(comparisons: entries, others: Route.others)))
    }
    if Interrupt.isRequested { throw ExitCode(130) }
  }

  private func measure(_ routes: [Route], _ sizes: [Int]?) -> [Entry] {
    let total = routes.reduce(0) { $0 + (sizes ?? $1.sizes).count } * dtype.types.count
    let progress = Progress(total: total, isQuiet: !Terminal.isStandardError)
    defer { progress.finish() }
    var entries: [Entry] = []
    var index = 0
    for route in routes {
      for type in dtype.types {
        for n in sizes ?? route.sizes where !Interrupt.isRequested {
          index += 1
          progress.start(index, "\(route.routine) \(type.rawValue) \(n)")
          let (blas, own) = route.prepare(n, type)
          let (blasTime, ownTime) = DispatchCommand.inTurns(blas, own)
          let cost = route.cost(n, type)
          let (blasRate, ownRate) = (rate(cost, blasTime), rate(cost, ownTime))
          entries.append(
            Entry(
              routine: route.routine, dtype: type, size: n, blasNs: blasTime,
              ownNs: ownTime, blasGbs: blasRate.gbs, ownGbs: ownRate.gbs, blasGflops: blasRate.gflops,
              ownGflops: ownRate.gflops))
        }
      }
    }
    return entries
  }

  private func rate(_ cost: Workload.Cost, _ nanoseconds: Double) -> BenchmarkResult.Rate {
    .init(cost, nanoseconds: nanoseconds)
  }

  /// The medians of both, thirty samples each, sample by sample in turns.
  private static func inTurns(_ blas: @escaping () -> Void, _ own: @escaping () -> Void) -> (Double, Double) {
    var options = SamplingOptions()
    options.warmUp = 0.01
    var first = Sampler(options: options, run: blas)
    var second = Sampler(options: options, run: own)
    first.warmUp()
    second.warmUp()
    for _ in 0..<30 where !Interrupt.isRequested {
      first.takeSample()
      second.takeSample()
    }
    func median(_ sampler: Sampler) -> Double { sampler.samples.isEmpty ? .nan : Statistics(sampler.samples).median }
    return (median(first), median(second))
  }

  private static func table(_ entries: [Entry], _ routes: [Route]) -> TextTable {
    var table = TextTable([
      .init("routine", isNumber: false), .init("computes", isNumber: false), .init("in tensors", isNumber: false),
      .init("type", isNumber: false),
      .init("size"), .init("CBLAS"), .init("GB/s"), .init("GFLOP/s"), .init("own kernel"), .init("GB/s"),
      .init("GFLOP/s"), .init("CBLAS/own"),
    ])
    for entry in entries {
      let route = routes.first { $0.routine == entry.routine }
      table.rows.append([
        .init("cblas_\(entry.dtype == .float32 ? "s" : "d")\(entry.routine)"), .init(route?.formula ?? ""),
        .init(route?.operations ?? ""),
        .init(entry.dtype.rawValue), .init("\(entry.size)"), .init(Units.time(entry.blasNs)),
        .init(entry.blasGbs.map(Units.rate) ?? ""), .init(entry.blasGflops.map(Units.rate) ?? ""),
        .init(Units.time(entry.ownNs)), .init(entry.ownGbs.map(Units.rate) ?? ""),
        .init(entry.ownGflops.map(Units.rate) ?? ""),
        .init(Units.fixed(entry.blasNs / entry.ownNs, 2)),
      ])
    }
    return table
  }
}
