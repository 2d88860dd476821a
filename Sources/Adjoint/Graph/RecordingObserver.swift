import Synchronization

/// Somebody who wants to see every operation of a task as it is recorded.
enum RecordingObserver {
  @TaskLocal static var current: (@Sendable (Node) -> Void)?
  /// Somebody who only keeps a list of what can be computed, and looks at no value.
  @TaskLocal static var collector: (@Sendable (Node) -> Void)?
  // Asked first, because asking for the task's own costs more.
  private static let users = Atomic<Int>(0)

  @inline(__always) static var isSomewhere: Bool { users.load(ordering: .relaxed) > 0 }

  static func enter() { users.wrappingAdd(1, ordering: .relaxed) }
  static func leave() { users.wrappingSubtract(1, ordering: .relaxed) }

  /// Runs `body` with an observer, or with none; between `enter` and `leave`.
  static func with<Result>(_ observer: (@Sendable (Node) -> Void)?, _ body: () throws -> Result) rethrows -> Result {
    try $current.withValue(observer, operation: body)
  }

  static func with<Result>(
    isolation: isolated (any Actor)?, _ observer: (@Sendable (Node) -> Void)?, _ body: () async throws -> Result
  ) async rethrows -> Result {
    try await $current.withValue(observer, operation: body)
  }
}
