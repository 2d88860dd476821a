import AdjointKernels
import CKernels

/// What graphs begin with, and where derivatives begin and end: the operations that the engine itself records.
enum Source {
  /// An array that was given, not computed.
  static let leaf = Operation("Leaf", .source, .none)
  /// One number, repeated.
  static let constant = Operation("Constant", .source, .none)
  /// The identity, where a function's differentiation begins.
  static let input = Operation("Input", .elementwise(CK_COPY), .linear { _, g in [g] }, keepsDiagonal: true)
  /// The operand's value, where derivatives stop.
  static let detached = Operation("Detach", .elementwise(CK_COPY), .none, keepsDiagonal: true)
}
