import AdjointKernels
import Synchronization

/// Whether operations are checked as they are recorded, and how.
enum AnomalyMode {
  /// Whether the current task asked for it.
  @TaskLocal static var isRequested = false

  /// Whether any task looks for anomalies: what recording asks first, because asking for the task's own mode costs more.
  private static let isWanted = Atomic<Bool>(false)
  private static let requestCount = Mutex(0)

  @inline(__always) static var isSomewhere: Bool { isWanted.load(ordering: .relaxed) }

  /// Whether the current task looks for anomalies.
  @inline(__always) static var isEnabled: Bool { isSomewhere && isRequested }

  static func enter() {
    requestCount.withLock { count in
      count += 1
      isWanted.store(true, ordering: .relaxed)
    }
  }

  static func leave() {
    requestCount.withLock { count in
      count -= 1
      if count == 0 { isWanted.store(false, ordering: .relaxed) }
    }
  }
}

/// Runs `body` and stops at the first operation whose value or gradient is not finite, with a sentence that names the
/// operation, the shapes of its operands, the element, and the file and line where the operation was recorded.
///
/// ```swift
/// detectAnomaly {
///   let loss = (x.log() * weights).sum()
///   loss.backward()
/// }
/// // detectAnomaly: the value of Log is -inf at index [2] (forward; its operand has shape [3]); Log was recorded at
/// // …/Model.swift:12
/// ```
///
/// Every operation recorded in `body` is computed and checked at once, and every contribution to a gradient that is computed
/// in `body` is checked in the order of the backward pass. What was recorded before is checked when something in `body`
/// needs it, but where it was recorded is not known. Infinities that are meant (a mask of −∞ before a softmax) count as well, and
/// so does what an operation of this library computes on its way.
///
/// The mode belongs to the task, as ``noGrad(_:)`` does. It is for finding mistakes: every operation is evaluated by itself, and
/// each remembers the call stack it came from.
public func detectAnomaly<Result>(_ body: () throws -> Result) rethrows -> Result {
  AnomalyMode.enter()
  defer { AnomalyMode.leave() }
  return try AnomalyMode.$isRequested.withValue(true, operation: body)
}

/// Runs `body` and stops at the first operation whose value or gradient is not finite; see the form for functions that do not
/// suspend.
public func detectAnomaly<Result>(
  isolation: isolated (any Actor)? = #isolation, _ body: () async throws -> Result
) async rethrows -> Result {
  AnomalyMode.enter()
  defer { AnomalyMode.leave() }
  return try await AnomalyMode.$isRequested.withValue(true, operation: body)
}
