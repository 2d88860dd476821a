import AdjointKernels
import Synchronization

/// What the engine does for a task, counted while somebody asks for it: so that a plan that is silently no longer found, or a value
/// that is kept although nobody wants it, fails a test.
final class Counters: Sendable {
  struct Counts: Equatable, Sendable {
    var plansMade = 0
    var plansFound = 0
    var passesRun = 0
    var singleCalls = 0
    var bytesWritten = 0
    /// Comparisons of an array with others of the same buffer, while graphs are described.
    var viewsCompared = 0
  }

  @TaskLocal private static var current: Counters?
  // Asked first, because asking for the task's own costs more.
  private static let users = Atomic<Int>(0)
  private let counts = Mutex(Counts())

  /// What `body` makes the engine do in this task.
  static func count(_ body: () throws -> Void) rethrows -> Counts {
    users.wrappingAdd(1, ordering: .relaxed)
    defer { users.wrappingSubtract(1, ordering: .relaxed) }
    let counters = Counters()
    try $current.withValue(counters, operation: body)
    return counters.counts.withLock { $0 }
  }

  @inline(__always) private static func add(_ change: (inout Counts) -> Void) {
    if users.load(ordering: .relaxed) > 0 { current?.counts.withLock { change(&$0) } }
  }

  static func comparedViews() { add { $0.viewsCompared += 1 } }
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
