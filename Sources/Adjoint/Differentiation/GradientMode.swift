/// Whether operations on tracked tensors are tracked.
enum GradientMode {
  @TaskLocal static var isEnabled = true
}

/// Runs `body` without tracking: results do not require gradients, and leaves may be updated in place.
///
/// The mode belongs to the task: it holds across suspensions, and other tasks never see it.
public func noGrad<Result>(_ body: () throws -> Result) rethrows -> Result {
  try GradientMode.$isEnabled.withValue(false, operation: body)
}

/// Runs `body` without tracking: results do not require gradients, and leaves may be updated in place.
public func noGrad<Result>(
  isolation: isolated (any Actor)? = #isolation, _ body: () async throws -> Result
) async rethrows -> Result {
  try await GradientMode.$isEnabled.withValue(false, operation: body)
}

/// Runs `body` with tracking, inside ``noGrad(_:)`` too.
public func enableGrad<Result>(_ body: () throws -> Result) rethrows -> Result {
  try GradientMode.$isEnabled.withValue(true, operation: body)
}

/// Runs `body` with tracking, inside ``noGrad(_:)`` too.
public func enableGrad<Result>(
  isolation: isolated (any Actor)? = #isolation, _ body: () async throws -> Result
) async rethrows -> Result {
  try await GradientMode.$isEnabled.withValue(true, operation: body)
}

/// Whether operations on tracked tensors are tracked in the current task.
public var isGradEnabled: Bool { GradientMode.isEnabled }
