import Testing

@testable import BenchmarkCore

/// A clock that only moves when the workload says so.
private final class FakeClock {
  var time: UInt64 = 0
  var calls = 0
  func now() -> UInt64 { time }
}

@Suite struct SamplerTests {
  private func options(_ change: (inout SamplingOptions) -> Void = { _ in }) -> SamplingOptions {
    var options = SamplingOptions()
    options.minimumTime = 0.001
    options.warmUp = 0
    change(&options)
    return options
  }

  /// A call of 10 ns and a tick of 25 ns: a sample needs 2,500 calls at least.
  @Test func batchesLastAThousandTicks() {
    let clock = FakeClock()
    var sampler = Sampler(options: options(), now: clock.now, tick: 25) {
      clock.time += 10
      clock.calls += 1
    }
    sampler.warmUp()
    for _ in 0..<5 { sampler.takeSample() }
    #expect(sampler.batch >= 2500)
    #expect(sampler.samples == [10, 10, 10, 10, 10])
  }

  @Test func longCallsAreTimedOneByOne() {
    let clock = FakeClock()
    var sampler = Sampler(options: options(), now: clock.now, tick: 25) { clock.time += 1_000_000 }
    sampler.warmUp()
    sampler.takeSample()
    #expect(sampler.batch == 1)
    #expect(sampler.samples == [1_000_000])
  }

  @Test func stopsWhenEveryCriterionIsMet() {
    let clock = FakeClock()
    var sampler = Sampler(options: options { $0.minimumSamples = 7 }, now: clock.now, tick: 1) {
      clock.time += 1_000_000
    }
    sampler.warmUp()
    var reason = sampler.reasonToStop()
    while reason == nil {
      sampler.takeSample()
      reason = sampler.reasonToStop()
    }
    #expect(reason == .criteriaMet)
    #expect(sampler.samples.count == 7)
  }

  private func stopReason(_ change: @escaping (inout SamplingOptions) -> Void, durations: [UInt64]) -> StopReason? {
    let clock = FakeClock()
    var sampler = Sampler(options: options(change), now: clock.now, tick: 1) {
      clock.time += durations[clock.calls % durations.count]
      clock.calls += 1
    }
    sampler.warmUp()
    for _ in 0..<10_000 {
      sampler.takeSample()
      if let reason = sampler.reasonToStop() { return reason }
    }
    return nil
  }

  @Test func namesTheUnmetCriterion() {
    // Calls of 0.4 s: two of them pass a timeout of half a second.
    #expect(stopReason({ $0.timeout = 0.5 }, durations: [400_000_000]) == .timeoutSamples)
    #expect(
      stopReason(
        {
          $0.timeout = 0.5
          $0.minimumSamples = 1
          $0.minimumTime = 10
        }, durations: [400_000_000]) == .timeoutTime)
    #expect(
      stopReason(
        {
          $0.timeout = 0.5
          $0.minimumSamples = 3
        }, durations: [10_000_000, 40_000_000, 90_000_000]) == .timeoutNoise)
  }

  @Test(arguments: StopReason.allCases)
  func notesNameTheOption(_ reason: StopReason) {
    let note = reason.note(Statistics([1, 2, 3]), SamplingOptions())
    switch reason {
    case .criteriaMet, .failed: #expect(note == nil)
    case .timeoutSamples: #expect(note?.contains("--min-samples") == true)
    case .timeoutTime: #expect(note?.contains("--min-time") == true)
    case .timeoutNoise: #expect(note?.contains("--max-noise") == true)
    case .interrupted: #expect(note?.contains("3 samples") == true)
    }
  }

  /// In a cold run only the first call of a batch would be cold.
  @Test func coldRunsEvictBeforeEachSingleCall() {
    let clock = FakeClock()
    var evictions = 0
    let cold = options { $0.isCold = true }
    var sampler = Sampler(options: cold, evict: { evictions += 1 }, now: clock.now, tick: 25, run: { clock.time += 10 })
    sampler.warmUp()
    for _ in 0..<3 { sampler.takeSample() }
    #expect(sampler.batch == 1)
    #expect(evictions == 3)
    #expect(sampler.isTooShort)
  }
}
