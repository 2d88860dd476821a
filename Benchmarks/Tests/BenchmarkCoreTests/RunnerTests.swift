import Synchronization
import Testing

@testable import BenchmarkCore

private final class Counter: Sendable {
  let value = Atomic<Int>(0)
  func add() { value.wrappingAdd(1, ordering: .relaxed) }
}

@Suite struct RunnerTests {
  private func run(_ cases: [WorkloadCase], interleaves: Bool, verifies: Bool = true) -> [BenchmarkResult] {
    var options = SamplingOptions()
    options.minimumTime = 0.001
    options.minimumSamples = 5
    options.maximumNoise = 10
    options.warmUp = 0
    let runner = Runner(
      options: options, verifies: verifies, interleaves: interleaves, machine: Fixture.machine, peaks: [Fixture.peaks],
      progress: Progress(total: cases.count, isQuiet: true))
    return runner.run(cases)
  }

  @Test(arguments: [false, true])
  func measuresEveryCase(_ interleaves: Bool) {
    let counters = [Counter(), Counter()]
    let cases = counters.map { counter in Fixture.item(Fixture.workload { counter.add() }) }
    let results = run(cases, interleaves: interleaves)
    #expect(results.count == 2)
    for (result, counter) in zip(results, counters) {
      #expect(result.samplesN >= 5)
      #expect(result.verified == true)
      #expect(result.stopReason == .criteriaMet)
      #expect(result.pctPeak != nil)
      #expect(counter.value.load(ordering: .relaxed) >= result.samplesN)
    }
  }

  @Test(arguments: [false, true])
  func aFailedCheckIsReportedAndNotMeasured(_ interleaves: Bool) {
    let counter = Counter()
    let wrong = Fixture.item(Fixture.workload(failure: "1 instead of 2") { counter.add() })
    let results = run([wrong, Fixture.item()], interleaves: interleaves)
    #expect(results.map(\.stopReason) == [.failed, .criteriaMet])
    #expect(results[0].failure == "1 instead of 2")
    #expect(results[0].timeNs == nil)
    #expect(counter.value.load(ordering: .relaxed) == 0)
  }

  @Test func withoutChecksNothingIsClaimed() {
    let results = run([Fixture.item(Fixture.workload(failure: "wrong"))], interleaves: false, verifies: false)
    #expect(results[0].verified == nil)
    #expect(results[0].stopReason == .criteriaMet)
  }

  @Test func whatDoesNotFitIsRefused() {
    let results = run([Fixture.item(shape: [1 << 32])], interleaves: false)
    #expect(results[0].stopReason == .failed)
    #expect(results[0].failure?.contains("GiB") == true)
  }
}
