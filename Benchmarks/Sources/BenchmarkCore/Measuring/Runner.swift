import AdjointKernels
import COpenBLAS

/// Measures cases, one after the other or in turns.
public final class Runner {
  public var options: SamplingOptions
  public var verifies: Bool
  /// Take turns, so that a drift of the machine reaches every case alike.
  public var interleaves: Bool
  private let machine: MachineInfo
  private let peaks: [Peaks]
  private let progress: Progress
  private let eviction: CacheEviction?

  public init(
    options: SamplingOptions, verifies: Bool, interleaves: Bool, machine: MachineInfo, peaks: [Peaks],
    progress: Progress
  ) {
    self.options = options
    self.verifies = verifies
    self.interleaves = interleaves
    self.machine = machine
    self.peaks = peaks
    self.progress = progress
    eviction = options.isCold ? CacheEviction(lastLevelBytes: machine.dataCaches.last?.bytes ?? 0) : nil
  }

  /// The results of all cases, or of those measured before an interrupt.
  public func run(_ cases: [WorkloadCase]) -> [BenchmarkResult] {
    defer { progress.finish() }
    return interleaves ? runInTurns(cases) : runInOrder(cases)
  }

  /// Sets how many threads the library and OpenBLAS use. The tool owns the process, so it may.
  public static func useThreads(_ count: Int) {
    Parallelism.threads = count
    if openblas_get_num_threads() != Int32(count) { openblas_set_num_threads(Int32(count)) }
  }

  private enum Preparation {
    case ready(Sampler, verified: Bool?)
    case failed(BenchmarkResult)
  }

  private func runInOrder(_ cases: [WorkloadCase]) -> [BenchmarkResult] {
    var results: [BenchmarkResult] = []
    for (index, item) in cases.enumerated() {
      guard !Interrupt.isRequested else { break }
      progress.start(index + 1, Runner.name(item))
      switch prepare(item) {
      case .failed(let result): results.append(result)
      case .ready(var sampler, let verified):
        sampler.warmUp()
        var reason = sampler.reasonToStop()
        while reason == nil {
          sampler.takeSample()
          progress.update(index + 1, Runner.name(item), "\(sampler.samples.count) samples")
          reason = sampler.reasonToStop()
        }
        guard !sampler.samples.isEmpty else { break }
        results.append(result(item, sampler, verified, reason!))
      }
    }
    return results
  }

  /// Each turn lasts ten milliseconds and starts with an untimed call, so that a case finds its own data in the
  /// caches and not its neighbour's absence of it.
  private func runInTurns(_ cases: [WorkloadCase]) -> [BenchmarkResult] {
    var turns: [(item: WorkloadCase, preparation: Preparation, reason: StopReason?)] = []
    for (index, item) in cases.enumerated() {
      guard !Interrupt.isRequested else { break }
      progress.start(index + 1, "prepare " + Runner.name(item))
      switch prepare(item) {
      case .failed(let result): turns.append((item, .failed(result), .failed))
      case .ready(var sampler, let verified):
        sampler.warmUp()
        turns.append((item, .ready(sampler, verified: verified), nil))
      }
    }
    while turns.contains(where: { $0.reason == nil }) {
      for index in turns.indices where turns[index].reason == nil {
        guard case .ready(var sampler, let verified) = turns[index].preparation else { continue }
        // The array must not hold a second reference to the samples while they grow.
        turns[index].preparation = .failed(BenchmarkResult(turns[index].item, failure: ""))
        Runner.useThreads(turns[index].item.threads)
        progress.update(index + 1, Runner.name(turns[index].item), "\(sampler.samples.count) samples, in turns")
        let end = Clock.now() + 10_000_000
        sampler.callUntimed()
        repeat {
          sampler.takeSample()
          turns[index].reason = sampler.reasonToStop()
        } while turns[index].reason == nil && Clock.now() < end
        turns[index].preparation = .ready(sampler, verified: verified)
      }
    }
    return turns.compactMap { turn in
      switch turn.preparation {
      case .failed(let result): result
      case .ready(let sampler, let verified):
        sampler.samples.isEmpty ? nil : result(turn.item, sampler, verified, turn.reason!)
      }
    }
  }

  private func prepare(_ item: WorkloadCase) -> Preparation {
    Runner.useThreads(item.threads)
    // Results and the reference need room beside the inputs.
    if 2 * item.cost.footprint > machine.memBytes {
      let needed = Units.bytes(2 * item.cost.footprint)
      return .failed(
        BenchmarkResult(item, failure: "needs about \(needed), the machine has \(Units.bytes(machine.memBytes))"))
    }
    do {
      let prepared = try item.workload.prepare(item)
      if verifies, let difference = prepared.verify() {
        return .failed(BenchmarkResult(item, failure: difference))
      }
      let sampler = Sampler(
        options: options, evict: eviction.map { eviction in { eviction.evict() } }, run: prepared.run)
      return .ready(sampler, verified: verifies ? true : nil)
    } catch {
      return .failed(BenchmarkResult(item, failure: "\(error)"))
    }
  }

  private func result(
    _ item: WorkloadCase, _ sampler: Sampler, _ verified: Bool?, _ reason: StopReason
  ) -> BenchmarkResult {
    var result = BenchmarkResult(item, samples: sampler.samples, verified: verified, stopReason: reason)
    if let peaks = peaks.first(where: { $0.threads == item.threads }), let rate = result.rate {
      result.pctPeak = peaks.percent(
        of: rate, kind: item.workload.kind, type: item.dataType, footprint: item.cost.footprint, machine: machine)
    }
    return result
  }

  private static func name(_ item: WorkloadCase) -> String {
    "\(item.workload.id) \(item.dataType.rawValue) \(item.shapeText)" + (item.threads > 1 ? " ×\(item.threads)" : "")
  }
}
