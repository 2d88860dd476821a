#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The limits that Linux puts on this process: its affinity mask and its control groups; none elsewhere.
///
/// Both versions of control groups are read: 2 has one tree (`0::/path`), 1 has one tree per controller (`3:cpu,cpuacct:/path`).
/// A limit anywhere between the process's group and the root binds. Inside a container the path may name a
/// place outside of what is mounted, so levels that cannot be read are skipped and the root is always tried.
struct ProcessLimits {
  /// The contents of a file, nil if it cannot be read. A parameter, so that tests can lay out a tree.
  let read: (String) -> String?

  static var current: ProcessLimits { ProcessLimits(read: contents) }

  /// The number of processors in the affinity mask, nil if it cannot be read.
  ///
  /// `sched_getaffinity` is behind a macro that Swift's view of glibc does not define.
  var allowedProcessors: Int? {
    for line in (read("/proc/self/status") ?? "").split(separator: "\n") where line.hasPrefix("Cpus_allowed:") {
      let count = line.dropFirst("Cpus_allowed:".count).reduce(0) { $0 + ($1.hexDigitValue ?? 0).nonzeroBitCount }
      return count > 0 ? count : nil
    }
    return nil
  }

  /// Processors' worth of time that the process may use, nil without a limit.
  var processorQuota: Double? {
    let version2 = levels(of: nil).compactMap { level -> Double? in
      guard let text = read("/sys/fs/cgroup\(level)/cpu.max") else { return nil }
      let fields = text.split(whereSeparator: \.isWhitespace)
      guard let quota = fields.first.flatMap({ Double($0) }) else { return nil }
      return quota / (fields.count > 1 ? Double(fields[1]) ?? 100_000 : 100_000)
    }
    let version1 = levels(of: "cpu").compactMap { level -> Double? in
      for mount in ["cpu", "cpu,cpuacct", "cpuacct,cpu"] {
        let folder = "/sys/fs/cgroup/\(mount)\(level)"
        guard let quota = number(folder + "/cpu.cfs_quota_us"), let period = number(folder + "/cpu.cfs_period_us")
        else { continue }
        return quota > 0 && period > 0 ? quota / period : nil
      }
      return nil
    }
    return (version2 + version1).filter { $0 > 0 }.min()
  }

  /// Bytes of the second-level caches of all processors that the process may use; a mebibyte each where the system
  /// does not say.
  static let secondLevelCaches: Int = {
    #if canImport(Glibc)
      let size = sysconf(Int32(_SC_LEVEL2_CACHE_SIZE))
    #else
      let size = 0
    #endif
    return (size > 0 ? size : 1 << 20) * Parallelism.availableProcessors
  }()

  /// Bytes that the process may use, nil without a limit.
  var memoryLimit: Int? {
    let version2 = levels(of: nil).compactMap { number("/sys/fs/cgroup\($0)/memory.max") }
    let version1 = levels(of: "memory").compactMap { number("/sys/fs/cgroup/memory\($0)/memory.limit_in_bytes") }
    // Version 1 says "no limit" with a number near 2⁶³.
    return (version2 + version1).filter { $0 > 0 && $0 < 0x1p60 }.min().map { Int($0) }
  }

  /// The process's path in the tree of a controller of version 1, or in that of version 2, and all above it.
  private func levels(of controller: String?) -> [String] {
    var path = ""
    for line in (read("/proc/self/cgroup") ?? "").split(separator: "\n") {
      let fields = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
      guard fields.count == 3 else { continue }
      let matches =
        controller.map { name in fields[1].split(separator: ",").contains { $0 == name } } ?? fields[1].isEmpty
      if matches { path = String(fields[2]) }
    }
    var levels = [""]
    for name in path.split(separator: "/") where name != ".." { levels.append(levels.last! + "/" + name) }
    return levels
  }

  private func number(_ path: String) -> Double? {
    read(path).flatMap { Double($0.trimmingSuffix(while: \.isWhitespace)) }
  }

  /// Files of these trees are short; this spares the library Foundation.
  private static func contents(_ path: String) -> String? {
    let file = open(path, O_RDONLY)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var bytes = [UInt8](repeating: 0, count: 8192)
    let count = bytes.withUnsafeMutableBytes { readBytes(file, $0) }
    return count >= 0 ? String(decoding: bytes[..<count], as: UTF8.self) : nil
  }
}

extension String {
  fileprivate func trimmingSuffix(while predicate: (Character) -> Bool) -> Substring {
    var end = endIndex
    while end > startIndex, predicate(self[index(before: end)]) { end = index(before: end) }
    return self[..<end]
  }
}

/// Inside the type, `read` is its property.
private func readBytes(_ file: Int32, _ bytes: UnsafeMutableRawBufferPointer) -> Int {
  read(file, bytes.baseAddress!, bytes.count)
}
