extension MachineInfo: CustomStringConvertible {
  /// One line of context before a run.
  public var summary: String {
    "\(cpuModel), \(cores) processor\(cores == 1 ? "" : "s"), kernels \(isa), OpenBLAS \(blas.corename)\n"
  }

  /// What a person wants to know about the machine, a line each.
  public var description: String {
    var lines = [
      ("processor", cpuModel), ("processors", "\(cores) may be used"),
      ("instructions", "\(isa) in use, \(isaOffered) offered"),
    ]
    for cache in caches {
      lines.append((cache.name, "\(Units.bytes(cache.bytes)), shared by \(cache.sharedBy)"))
    }
    lines += [
      ("memory", Units.bytes(memBytes)), ("system", os), ("OpenBLAS", blas.config),
      ("OpenBLAS core", "\(blas.corename), \(blas.threads) threads"),
    ]
    lines += env.sorted { $0.key < $1.key }.map { ("environment", "\($0.key)=\($0.value)") }
    lines += warnings.map { ("warning", $0) }
    let width = lines.map(\.0.count).max()!
    return lines.map { name, text in
      name + String(repeating: " ", count: width + 2 - name.count) + text + "\n"
    }.joined()
  }
}
