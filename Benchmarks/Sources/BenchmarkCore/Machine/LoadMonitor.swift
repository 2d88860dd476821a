import CBenchmarkProbes

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Watches what else the machine does while figures are taken.
public struct LoadMonitor: Sendable {
  /// Processor time of the whole machine, in seconds; nil where the system does not tell.
  struct Usage: Sendable, Equatable {
    var busy: Double
    /// Time that the hypervisor gave to others.
    var stolen: Double

    static func now() -> Usage? {
      SystemFile.contents("/proc/stat").flatMap { Usage(parsing: $0, ticksPerSecond: sysconf(Int32(_SC_CLK_TCK))) }
    }

    /// The first line of /proc/stat: user, nice, system, idle, iowait, irq, softirq, steal.
    init?(parsing text: String, ticksPerSecond: Int) {
      guard let line = text.split(separator: "\n").first, line.hasPrefix("cpu ") else { return nil }
      let ticks = line.split(separator: " ").dropFirst().compactMap { Double($0) }
      guard ticks.count >= 8, ticksPerSecond > 0 else { return nil }
      busy = (ticks[0] + ticks[1] + ticks[2] + ticks[5] + ticks[6]) / Double(ticksPerSecond)
      stolen = ticks[7] / Double(ticksPerSecond)
    }
  }

  private let startUsage: Usage?
  private let startOwn: UInt64
  private let startTime: UInt64
  private let startSpeed: Double

  /// Starts watching.
  public init() {
    startSpeed = LoadMonitor.clockSpeed()
    startUsage = Usage.now()
    startOwn = Clock.processorTime()
    startTime = Clock.now()
  }

  /// What happened since the start and makes the figures doubtful.
  public func warnings() -> [String] {
    var warnings: [String] = []
    let elapsed = Double(Clock.now() - startTime) / 1e9
    // The kernel counts in hundredths of a second: a shorter time says nothing.
    if elapsed >= 0.1, let before = startUsage, let after = Usage.now() {
      let own = Double(Clock.processorTime() - startOwn) / 1e9
      let others = max(0, after.busy - before.busy - own) / elapsed
      let stolen = (after.stolen - before.stolen) / elapsed
      if others > 0.1 {
        warnings.append("the machine was busy: other processes used \(Units.fixed(others, 2)) processors")
      }
      if stolen > 0.05 {
        warnings.append("the hypervisor took \(Units.fixed(stolen, 2)) processors for others")
      }
    }
    let speed = LoadMonitor.clockSpeed()
    if speed < 0.9 * startSpeed {
      warnings.append(
        "the clock was throttled: \(Units.fixed(startSpeed, 2)) GHz at the start, \(Units.fixed(speed, 2)) GHz at the end"
      )
    }
    if let nominal = LoadMonitor.nominalSpeed(), max(speed, startSpeed) < 0.85 * nominal {
      warnings.append(
        "the clock is throttled: \(Units.fixed(max(speed, startSpeed), 2)) GHz, of \(Units.fixed(nominal, 2)) GHz nominal"
      )
    }
    return warnings
  }

  /// A warning about what ran during the last moment, before anything was measured.
  public static func busyNow() -> [String] {
    let monitor = LoadMonitor()
    usleep(200_000)
    return monitor.warnings()
  }

  /// The clock in GHz, by the time of additions that take a cycle each; the best of several, because another
  /// process may take the processor meanwhile.
  public static func clockSpeed() -> Double {
    var best = 0.0
    for _ in 0..<20 {
      let start = Clock.now()
      _ = cb_dependent_additions(400_000)
      best = max(best, 400_000 / Double(max(1, Clock.now() - start)))
    }
    return best
  }

  /// The clock that the processor is sold with, in GHz, where the system tells.
  static func nominalSpeed() -> Double? {
    if let kilohertz = SystemFile.line("/sys/devices/system/cpu/cpu0/cpufreq/base_frequency").flatMap({ Double($0) }) {
      return kilohertz / 1e6
    }
    let model = SystemFile.contents("/proc/cpuinfo").flatMap { SystemFile.value(of: "model name", in: $0) } ?? ""
    // "Intel(R) Xeon(R) Gold 6248 CPU @ 2.50GHz"
    guard let mark = model.firstIndex(of: "@"), model.hasSuffix("GHz") else { return nil }
    return Double(String(model[model.index(after: mark)...].dropLast(3)).trimmed())
  }
}
