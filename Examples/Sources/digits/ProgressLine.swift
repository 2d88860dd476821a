import Foundation

/// A line that is drawn anew on a terminal, and is one of many in a file or a pipe.
struct ProgressLine {
  private let isTerminal = isatty(STDOUT_FILENO) == 1

  func show(_ text: String) {
    // Return to the first column and erase to the end; without a line feed the text stays in the buffer.
    print(isTerminal ? "\r\u{1B}[K\(text)" : text, terminator: isTerminal ? "" : "\n")
    fflush(nil)
  }

  func finish() { if isTerminal { print("") } }
}
