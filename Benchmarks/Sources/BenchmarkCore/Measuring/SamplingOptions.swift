/// When enough has been measured.
public struct SamplingOptions: Sendable, Equatable {
  /// Measured time per case, in seconds.
  public var minimumTime = 0.3
  public var minimumSamples = 10
  /// The relative standard error of the median to reach.
  public var maximumNoise = 0.01
  /// Seconds after which a case ends even if a criterion is not met; warm-up included.
  public var timeout = 2.5
  /// Untimed runs before the first sample, in seconds.
  public var warmUp = 0.05
  /// Evict the caches before each sample.
  public var isCold = false
  /// Clock ticks that a sample lasts at least.
  public var minimumTicks: UInt64 = 1000

  public init() {}
}

/// Why a case's measurement ended.
public enum StopReason: String, Sendable, Codable, CaseIterable {
  /// Every criterion was met.
  case criteriaMet = "criteria-met"
  /// The timeout came first; the samples were too few.
  case timeoutSamples = "timeout-min-samples"
  /// The timeout came first; the measured time was too short.
  case timeoutTime = "timeout-min-time"
  /// The timeout came first; the noise was still too large.
  case timeoutNoise = "timeout-max-noise"
  /// The user interrupted the run.
  case interrupted
  /// The workload failed its check, or could not be set up: it was not measured.
  case failed

  /// What a note under the table says, nil where there is nothing to say.
  public func note(_ statistics: Statistics?, _ options: SamplingOptions) -> String? {
    let noise = statistics.map { Units.percent($0.noise) } ?? "unknown"
    switch self {
    case .criteriaMet, .failed: return nil
    case .timeoutSamples:
      return "stopped after \(Units.trimmed(options.timeout)) s with \(statistics?.count ?? 0) of "
        + "\(options.minimumSamples) samples (--min-samples)"
    case .timeoutTime:
      return "stopped after \(Units.trimmed(options.timeout)) s with less than "
        + "\(Units.trimmed(options.minimumTime)) s of samples (--min-time)"
    case .timeoutNoise:
      return "stopped after \(Units.trimmed(options.timeout)) s with a noise of \(noise) above "
        + "\(Units.percent(options.maximumNoise)) (--max-noise)"
    case .interrupted: return "interrupted after \(statistics?.count ?? 0) samples"
    }
  }
}
