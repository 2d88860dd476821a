import AdjointKernels

/// Whether operations are checked as they are recorded, and how.
enum AnomalyMode {
  /// Whether the current task looks for anomalies.
  @inline(__always) static var isEnabled: Bool { RecordingObserver.isSomewhere && RecordingObserver.current != nil }

  /// Runs `body` without looking, where what comes of it is checked afterwards.
  static func suspended<Result>(_ body: () throws -> Result) rethrows -> Result {
    try RecordingObserver.$current.withValue(nil, operation: body)
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
  RecordingObserver.enter()
  defer { RecordingObserver.leave() }
  return try RecordingObserver.$current.withValue(RecordingObserver(AnomalyMode.examine), operation: body)
}

/// Runs `body` and stops at the first operation whose value or gradient is not finite; see the form for functions that do not
/// suspend.
public func detectAnomaly<Result>(
  isolation: isolated (any Actor)? = #isolation, _ body: () async throws -> Result
) async rethrows -> Result {
  RecordingObserver.enter()
  defer { RecordingObserver.leave() }
  return try await RecordingObserver.$current.withValue(RecordingObserver(AnomalyMode.examine), operation: body)
}
