/// Measures one closure, sample by sample, so that several can take turns.
///
/// A sample is the time of a batch of calls, divided by their number. The batch grows until a sample lasts at
/// least 1,000 clock ticks, which keeps the clock's own error below a tenth of a percent; shorter samples are
/// thrown away before they count, never afterwards.
public struct Sampler {
  /// Nanoseconds per call.
  public private(set) var samples: [Double] = []
  /// Calls per sample.
  public private(set) var batch = 1
  /// Whether a sample is shorter than the clock can tell, which only happens in cold runs.
  public private(set) var isTooShort = false

  private let run: () -> Void
  private let options: SamplingOptions
  private let now: () -> UInt64
  private let tick: UInt64
  private let evict: (() -> Void)?
  private var measured: UInt64 = 0
  private var spent: UInt64 = 0
  private var nextCheck = 0
  private var isQuiet = false

  /// - Parameters:
  ///   - evict: empties the caches; called before each sample of a cold run, outside of the timed region.
  ///   - now, tick: the clock, in nanoseconds; parameters so that tests can set them.
  public init(
    options: SamplingOptions, evict: (() -> Void)? = nil, now: @escaping () -> UInt64 = Clock.now,
    tick: UInt64 = Clock.tick, run: @escaping () -> Void
  ) {
    self.run = run
    self.options = options
    self.now = now
    self.tick = tick
    self.evict = options.isCold ? evict : nil
  }

  private var shortest: UInt64 { options.minimumTicks * tick }

  /// Runs untimed for the warm-up time, at least twice, and finds the batch size.
  public mutating func warmUp() {
    let start = now()
    let end = start + UInt64(options.warmUp * 1e9)
    run()
    repeat {
      let elapsed = time(batch)
      if elapsed < shortest && !options.isCold { grow(elapsed) }
    } while now() < end && !Interrupt.isRequested
    spent += now() - start
  }

  /// One call outside of the timed region.
  public func callUntimed() { run() }

  /// Takes a sample. A batch that turns out too short is made longer and taken again.
  public mutating func takeSample() {
    let start = now()
    while true {
      evict?()
      let elapsed = time(batch)
      if elapsed < shortest {
        if options.isCold {
          // Only the first call of a batch would be cold.
          isTooShort = true
        } else {
          grow(elapsed)
          continue
        }
      }
      samples.append(Double(elapsed) / Double(batch))
      measured += elapsed
      break
    }
    spent += now() - start
  }

  /// Why to stop now, nil to go on.
  public mutating func reasonToStop() -> StopReason? {
    if Interrupt.isRequested { return .interrupted }
    let isTimedOut = Double(spent) >= options.timeout * 1e9
    if samples.count < options.minimumSamples { return isTimedOut ? .timeoutSamples : nil }
    if Double(measured) < options.minimumTime * 1e9 { return isTimedOut ? .timeoutTime : nil }
    // Sorting thousands of samples after each one would take longer than taking them.
    if samples.count >= nextCheck || isTimedOut {
      isQuiet = Statistics(samples).noise <= options.maximumNoise
      nextCheck = samples.count + max(1, samples.count / 10)
    }
    if isQuiet { return .criteriaMet }
    return isTimedOut ? .timeoutNoise : nil
  }

  @inline(__always)
  private func time(_ calls: Int) -> UInt64 {
    let run = self.run
    let start = now()
    for _ in 0..<calls { run() }
    return now() - start
  }

  private mutating func grow(_ elapsed: UInt64) {
    let wanted = Double(batch) * 1.3 * Double(shortest) / Double(max(elapsed, tick))
    batch = max(batch * 2, min(Int(wanted.rounded(.up)), batch * 100))
  }
}
