import ArgumentParser
import BenchmarkCore
import BenchmarkWorkloads

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

struct PeersCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "peers",
    abstract: "Compares with PyTorch (eager and compiled), jitted JAX and NumPy on the same workloads.",
    discussion: """
      Each workload is timed here and then by each peer, before the next one starts, so that a drift of the machine
      reaches all alike. A ratio above 1 says how many times faster this library is. 'make bench-peers' makes the
      Python environment first.

      EXAMPLES
        adjoint-bench peers --python ~/venv/bin/python tutorial matmul/square
      """)

  @OptionGroup var measure: MeasureOptions

  @Option(help: "The Python that has torch, jax and numpy.", completion: .file())
  var python = "python3"

  @Option(help: "The server script; by default Benchmarks/peers/peers.py.", completion: .file())
  var script: String?

  @Option(help: "Replace the table between the 'peers' marks of this file, or append it.", completion: .file())
  var write: String?

  @OptionGroup var output: OutputOptions

  /// What is compared by default: the rows of the performance document.
  static let defaults: [(id: String, sizes: [Int])] = [
    ("tutorial/backward", [3, 1000, 100_000, 1_000_000, 10_000_000]), ("tutorial/sgd-loop", [4]),
    ("loops/lstm", [5, 50, 500]), ("loops/rk4", [100]), ("loops/rk4-compiled", [100]), ("loops/sines", [50, 800]),
    ("loops/parameters", [1000, 10_000]),
    ("transcendental/backward", [1000, 1_000_000, 10_000_000]),
    ("elementwise/add", [3, 1_000_000, 10_000_000]), ("elementwise/exp", [3, 1_000_000, 10_000_000]),
    ("elementwise/tanh", [1_000_000, 10_000_000]), ("reduction/sum", [3, 10_000_000]),
    ("reduction/sum-columns", [1024]), ("reduction/softmax-rows", [1024]), ("reduction/logsumexp-rows", [1024]),
    ("matmul/square", [64, 256, 512, 1024, 2048]), ("jacobian/jacobian", [256]), ("jacobian/hvp", [256]),
    ("jacobian/hessian", [256]), ("sgd/one-large", [10_000_000]), ("sgd/many-small", [1000]), ("training/mlp", [128]),
  ]

  func run() throws {
    try requireReleaseBuild()
    guard let script = script ?? Executable.fileAbove("peers/peers.py") else {
      throw SelectionError("peers.py was not found above \(Executable.path); give it with --script")
    }
    let threads = try measure.threadCounts()
    guard threads.count == 1 else { throw SelectionError("peers takes one number of threads, not \(threads.count)") }
    setenv("PEERS_THREADS", "\(threads[0])", 1)
    let cases = try selectedCases(threads[0])
    Terminal.writeError("starting \(python) \(script)\n")
    let server = try PeerServer(python: python, script: script)
    Terminal.writeError(
      "peers: \(server.versions.sorted { $0.key < $1.key }.map { "\($0) \($1)" }.joined(separator: ", "))\n")
    var rows: [PeerTable.Row] = []
    var failed = false
    let session = Session(options: measure)
    try session.begin()
    let progress = Progress(total: cases.count, isQuiet: measure.quiet)
    for (index, item) in cases.enumerated() where !Interrupt.isRequested {
      progress.start(index + 1, "\(item.workload.id) \(item.shapeText)")
      let own = session.measureQuietly(item)
      failed = failed || own.stopReason == .failed
      progress.update(index + 1, "\(item.workload.id) \(item.shapeText)", "the peers")
      let peers = try server.measure(item, minTime: measure.minTime.seconds, timeout: measure.timeout.seconds)
      rows.append(PeerTable.Row(own: own, peers: peers))
    }
    progress.finish()
    let table = PeerTable(rows: rows, versions: server.versions, machine: MachineInfo.current())
    try output.show(table.layout(), csv: table.layout().csv(), json: try Document.json(rows))
    for line in table.means() { Terminal.writeError(line + "\n") }
    if let write { try PeerTable.replace(in: write, with: table.document()) }
    if Interrupt.isRequested { throw ExitCode(130) }
    if failed { throw ExitCode(1) }
  }

  private func selectedCases(_ threads: Int) throws -> [WorkloadCase] {
    if !measure.filters.isEmpty || measure.size != nil || measure.shape != nil { return try measure.cases() }
    return try Self.defaults.flatMap { id, sizes in
      CaseSelection(
        workloads: try Catalogue.select([id]), dataTypes: measure.dtype.types, sizes: SizeList(sizes),
        threads: [threads]
      ).cases().cases
    }
  }
}
