import AdjointKernels
import Synchronization

/// What the engine does, counted while somebody asks for it: so that a plan that is silently no longer found, or a value that is
/// kept although nobody wants it, fails a test.
///
/// The counts are the process's: ask for them where nothing else runs.
enum Counters {
  struct Counts: Equatable, Sendable {
    var plansMade = 0
    var plansFound = 0
    var passesRun = 0
    var singleCalls = 0
    var bytesWritten = 0
  }

  private static let isCounting = Atomic<Bool>(false)
  private static let counts = Mutex(Counts())

  /// What `body` makes the engine do.
  static func count(_ body: () throws -> Void) rethrows -> Counts {
    counts.withLock { $0 = Counts() }
    isCounting.store(true, ordering: .sequentiallyConsistent)
    defer { isCounting.store(false, ordering: .sequentiallyConsistent) }
    try body()
    return counts.withLock { $0 }
  }

  @inline(__always) private static func add(_ change: (inout Counts) -> Void) {
    if isCounting.load(ordering: .relaxed) { counts.withLock { change(&$0) } }
  }

  static func calledOnce() { add { $0.singleCalls += 1 } }
  static func madePlan() { add { $0.plansMade += 1 } }
  static func foundPlan() { add { $0.plansFound += 1 } }
  static func ran(_ plan: Plan) {
    add { counts in
      for case .pass(let pass) in plan.steps {
        counts.passesRun += 1
        counts.bytesWritten += pass.outputs.reduce(0) { $0 + $1.byteCount }
      }
    }
  }
}
