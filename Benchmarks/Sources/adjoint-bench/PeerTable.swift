import BenchmarkCore

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// This library beside its peers.
struct PeerTable {
  struct Row: Codable {
    var own: BenchmarkResult
    var peers: [String: PeerServer.Time]

    init(own: BenchmarkResult, peers: [String: PeerServer.Time]) {
      self.own = own
      self.own.samplesNs = nil
      self.peers = peers
    }

    /// How many times faster this library is than a peer, nil if one of them has no time.
    func ratio(_ peer: String) -> Double? {
      guard let mine = own.timeNs?.median, mine > 0, let time = peers[peer] else { return nil }
      return time.medianNs / mine
    }
  }

  var rows: [Row]
  var versions: [String: String]
  var machine: MachineInfo

  static let peers = ["PyTorch", "torch.compile", "JAX", "NumPy"]

  func layout() -> TextTable {
    let present = Self.peers.filter { peer in rows.contains { $0.peers[peer] != nil } }
    var table = TextTable([
      .init("workload", isNumber: false), .init("type", isNumber: false), .init("shape", isNumber: false),
      .init("Adjoint"),
    ])
    for peer in present { table.columns += [.init(peer), .init("×")] }
    for row in rows {
      var cells: [TextTable.Cell] = [
        .init(row.own.id), .init(row.own.dtype.rawValue), .init(row.own.shapeText),
        .init(row.own.timeNs.map { Units.time($0.median) } ?? "failed", row.own.timeNs == nil ? .red : nil),
      ]
      for peer in present {
        let ratio = row.ratio(peer)
        cells.append(.init(row.peers[peer].map { Units.time($0.medianNs) } ?? ""))
        cells.append(
          .init(ratio.map { Units.fixed($0, $0 < 9.95 ? 2 : 1) } ?? "", ratio.map { $0 < 1 ? .red : .green }))
      }
      table.rows.append(cells)
    }
    return table
  }

  /// The geometric mean of the ratios against each peer, a line each.
  func means() -> [String] {
    var lines = Self.peers.compactMap { peer -> String? in
      let ratios = rows.compactMap { $0.ratio(peer) }
      return Comparison.geometricMean(ratios).map {
        "geometric mean against \(peer): \(Units.fixed($0, 2)) times faster over \(ratios.count) workloads"
      }
    }
    let compiled = rows.compactMap { row in ["torch.compile", "JAX"].compactMap(row.ratio).min() }
    if let mean = Comparison.geometricMean(compiled) {
      lines.append(
        "geometric mean against the better of torch.compile and JAX: \(Units.fixed(mean, 2)) times faster over "
          + "\(compiled.count) workloads")
    }
    return lines
  }

  /// The table with what is needed to read it, as Markdown.
  func document() -> String {
    let names = versions.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
    let context =
      "\(machine.cpuModel), \(machine.cores) processors, \(machine.os); kernels \(machine.isa), OpenBLAS core "
      + "\(machine.blas.corename). \(names). Medians; × is the peer's time over Adjoint's."
    return context + "\n\n" + layout().markdown() + "\n" + means().map { "- \($0)\n" }.joined()
  }

  /// Puts text between the marks of a file, at its end if it has none.
  static func replace(in path: String, with text: String) throws {
    let (start, end) = ("<!-- peers: begin -->", "<!-- peers: end -->")
    let old = FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) } ?? ""
    let block = "\(start)\n\(text)\(end)"
    let new: String
    if let first = old.firstRange(of: start), let last = old.firstRange(of: end), first.upperBound <= last.lowerBound {
      new = old[..<first.lowerBound] + block + old[last.upperBound...]
    } else {
      new = old + (old.isEmpty || old.hasSuffix("\n") ? "" : "\n") + block + "\n"
    }
    do {
      try Data(new.utf8).write(to: URL(filePath: path), options: .atomic)
    } catch {
      throw SelectionError("\(path) cannot be written")
    }
    Terminal.writeError("table written to \(path)\n")
  }
}
