import Synchronization

/// Somebody who wants to see every operation of a task as it is recorded.
///
/// A class around the closure, because a task-local value that is a closure itself stops the process in optimised builds of
/// Swift 6.3: the specialised `TaskLocal.withValue` passes the runtime the name of an abstracted function type, for which there
/// is no metadata.
final class RecordingObserver: Sendable {
  @TaskLocal static var current: RecordingObserver?
  /// Somebody who only keeps a list of what can be computed, and looks at no value.
  @TaskLocal static var collector: RecordingObserver?
  // Asked first, because asking for the task's own costs more.
  private static let users = Atomic<Int>(0)

  let observe: @Sendable (Node) -> Void

  init(_ observe: @escaping @Sendable (Node) -> Void) { self.observe = observe }

  @inline(__always) static var isSomewhere: Bool { users.load(ordering: .relaxed) > 0 }

  static func enter() { users.wrappingAdd(1, ordering: .relaxed) }
  static func leave() { users.wrappingSubtract(1, ordering: .relaxed) }
}
