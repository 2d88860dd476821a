import ArgumentParser
import BenchmarkCore

struct MachineCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "machine",
    abstract: "Shows processor, caches, instruction sets, OpenBLAS, and the measured peaks.",
    discussion: """
      The bandwidths are those of a = b + s·c (three arrays, 4 bytes each), of the same with stores that bypass
      the caches, and of reading; the arithmetic is that of multiply-adds in registers and of OpenBLAS's matrix
      product of 1024 rows and columns.
      """)

  @Option(help: "Thread counts: '1,2'. By default 1 and all.")
  var threads: String?

  @OptionGroup var output: OutputOptions

  private struct Entry: Codable {
    var machine: MachineInfo
    var peaks: [Peaks]
  }

  func run() throws {
    try requireReleaseBuild()
    var machine = MachineInfo.current()
    machine.warnings += LoadMonitor.busyNow()
    var measure = try MeasureOptions.parse([])
    measure.threads = threads
    let counts = threads == nil ? Array(Set([1, machine.cores])).sorted() : try measure.threadCounts()
    let peaks = counts.map { Peaks.measure(machine: machine, threads: $0) }
    let table = MachineCommand.table(peaks)
    if output.format == .table {
      try output.write(machine.description + "\n" + table.aligned(output.style))
    } else {
      try output.show(table, csv: table.csv(), json: try Document.json(Entry(machine: machine, peaks: peaks)))
    }
  }

  private static func table(_ peaks: [Peaks]) -> TextTable {
    var table = TextTable([
      .init("peak", isNumber: false), .init("threads"), .init("working set"), .init("triad GB/s"),
      .init("streaming GB/s"), .init("read GB/s"), .init("multiply-add GFLOP/s"), .init("matrix product GFLOP/s"),
    ])
    for peak in peaks {
      for level in peak.bandwidth {
        table.rows.append([
          .init("bandwidth \(level.level)"), .init("\(peak.threads)"), .init(Units.bytes(level.workingSet)),
          .init(Units.rate(level.triad)), .init(Units.rate(level.streaming)), .init(Units.rate(level.read)), "", "",
        ])
      }
      for type in DataType.allCases {
        let arithmetic = peak.arithmetic(type)
        table.rows.append([
          .init("arithmetic \(type.rawValue)"), .init("\(peak.threads)"), "", "", "", "",
          .init(Units.rate(arithmetic.multiplyAdd)), .init(Units.rate(arithmetic.matrixProduct)),
        ])
      }
    }
    return table
  }
}
