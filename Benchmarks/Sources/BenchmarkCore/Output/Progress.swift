/// What is being measured now, on standard error.
///
/// On a terminal one line is redrawn; elsewhere each case gets a line of its own when it starts, so that a log
/// shows where the time went. `--quiet` shows nothing.
public final class Progress {
  private let total: Int
  private let isTerminal: Bool
  private let isQuiet: Bool
  private var isDrawn = false
  private var lastDrawing: UInt64 = 0

  public init(total: Int, isQuiet: Bool, isTerminal: Bool = Terminal.isStandardError) {
    self.total = total
    self.isTerminal = isTerminal
    self.isQuiet = isQuiet
  }

  /// A case starts.
  public func start(_ index: Int, _ name: String) {
    guard !isQuiet else { return }
    let text = "[\(index)/\(total)] \(name)"
    if isTerminal { draw(text) } else { Terminal.writeError(text + "\n") }
  }

  /// A case goes on; redrawn ten times a second at most.
  public func update(_ index: Int, _ name: String, _ detail: @autoclosure () -> String) {
    guard !isQuiet, isTerminal, Clock.now() - lastDrawing > 100_000_000 else { return }
    draw("[\(index)/\(total)] \(name)  \(detail())")
  }

  /// Clears the line.
  public func finish() {
    if isDrawn { Terminal.writeError("\r\u{1B}[K") }
    isDrawn = false
  }

  private func draw(_ text: String) {
    Terminal.writeError("\r\u{1B}[K" + text.prefix(max(10, Terminal.columns - 1)))
    isDrawn = true
    lastDrawing = Clock.now()
  }
}
