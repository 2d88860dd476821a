import Synchronization

/// The places in its stream from which the shared generator served one function, so that the function can be called again
/// with the same numbers.
///
/// The generator itself is never set back: other tasks draw from it meanwhile, and would get their numbers twice.
final class SharedDraws: Sendable {
  @TaskLocal private static var current: SharedDraws?

  private struct Content {
    var positions: [RandomGenerator.Position] = []
    /// The next to serve again, or nil while positions are collected.
    var next: Int?
  }

  private let content: Mutex<Content>
  /// What an outer function is served from: its draws are this one's too.
  private let outer: SharedDraws?

  private init(_ content: Content, outer: SharedDraws?) {
    self.content = Mutex(content)
    self.outer = outer
  }

  /// Runs `body`, and gives what it drew from.
  static func recorded<Result>(_ body: () -> Result) -> (result: Result, draws: [RandomGenerator.Position]) {
    let draws = SharedDraws(Content(), outer: current)
    let result = $current.withValue(draws, operation: body)
    return (result, draws.content.withLock { $0.positions })
  }

  /// Runs `body` with the same numbers as before; if it draws more, these are new ones.
  static func replayed<Result>(_ positions: [RandomGenerator.Position], _ body: () -> Result) -> Result {
    $current.withValue(SharedDraws(Content(positions: positions, next: 0), outer: current), operation: body)
  }

  /// Where the next numbers of the shared generator come from; `fresh` takes them from the generator.
  static func position(_ fresh: () -> RandomGenerator.Position) -> RandomGenerator.Position {
    current.map { $0.position(fresh) } ?? fresh()
  }

  private func position(_ fresh: () -> RandomGenerator.Position) -> RandomGenerator.Position {
    let known = content.withLock { content -> RandomGenerator.Position? in
      guard let next = content.next, next < content.positions.count else { return nil }
      content.next = next + 1
      return content.positions[next]
    }
    if let known { return known }
    let drawn = outer.map { $0.position(fresh) } ?? fresh()
    content.withLock { if $0.next == nil { $0.positions.append(drawn) } }
    return drawn
  }
}
