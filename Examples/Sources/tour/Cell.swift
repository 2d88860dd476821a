import Foundation

/// The number of the last cell.
@MainActor private var number = 0

/// Prints the heading of a cell, what it is about and its code. The code itself follows the call and prints its
/// results; a test of the library checks that both are the same, line by line.
@MainActor
func cell(_ title: String, _ text: String, _ code: String) {
  number += 1
  let isTerminal = isatty(STDOUT_FILENO) == 1
  let (bold, dim, plain) = isTerminal ? ("\u{1B}[1m", "\u{1B}[2m", "\u{1B}[0m") : ("", "", "")
  print("\n\(bold)\(number). \(title)\(plain)\n\(text)\n")
  for line in code.split(separator: "\n", omittingEmptySubsequences: false) {
    print(line.isEmpty ? "" : "\(dim)    \(line)\(plain)")
  }
  print("")
}
