/// How much memory the process can have.
public enum ProcessMemory {
  /// Bytes: the machine's memory, or what the control groups leave of it, and what can be swapped out.
  public static let limit: Int = {
    let limits = ProcessLimits.current
    var (memory, swap) = (Int.max >> 1, 0)
    for line in (limits.read("/proc/meminfo") ?? "").split(separator: "\n") {
      let words = line.split(whereSeparator: \.isWhitespace)
      guard words.count >= 2, let kibibytes = Int(words[1]) else { continue }
      if words[0] == "MemTotal:" { memory = kibibytes * 1024 }
      if words[0] == "SwapTotal:" { swap = kibibytes * 1024 }
    }
    return min(memory, limits.memoryLimit ?? .max) + swap
  }()
}
