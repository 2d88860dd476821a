/// What a factorisation or a solver found in its data.
///
/// `routine` is LAPACK's name without its precision (`getrf`), or the tensor operation that was called (`solve`); `batch` is
/// the index of the matrix in a batch, 0 for a single one. All other indices count from 0 as well.
public enum LinearAlgebraError: Error, Hashable, Sendable, CustomStringConvertible {
  /// A pivot is exactly zero: the matrix has no inverse.
  case singular(routine: String, batch: Int, pivot: Int)
  /// The leading block of this order is not positive definite, so there is no Cholesky factor.
  case notPositiveDefinite(routine: String, batch: Int, order: Int)
  /// An iteration did not converge, and left this many values without a result.
  case noConvergence(routine: String, batch: Int, unconverged: Int)
  /// An element is NaN or infinite, with which the routine cannot work.
  case nonFinite(routine: String, batch: Int, row: Int, column: Int)
  /// LAPACK refused an argument, counted from 1: an error of the library.
  case illegalArgument(routine: String, argument: Int)

  public var description: String {
    switch self {
    case .singular(let routine, let batch, let pivot):
      "\(routine): matrix \(batch) is singular; pivot \(pivot) is exactly zero."
    case .notPositiveDefinite(let routine, let batch, let order):
      "\(routine): matrix \(batch) is not positive definite; its leading block of order \(order) is not."
    case .noConvergence(let routine, let batch, let unconverged):
      "\(routine): the iteration on matrix \(batch) did not converge; \(unconverged) values are missing."
    case .nonFinite(let routine, let batch, let row, let column):
      "\(routine): matrix \(batch) has an element that is NaN or infinite, in row \(row), column \(column)."
    case .illegalArgument(let routine, let argument):
      "\(routine): LAPACK refused argument \(argument)."
    }
  }

  /// What a positive `info` of a routine means.
  package enum Meaning: Sendable {
    case singular, notPositiveDefinite, noConvergence
  }

  /// The error behind a routine's `info`, nil for 0.
  package init?(info: Int, routine: String, batch: Int, meaning: Meaning) {
    guard info != 0 else { return nil }
    guard info > 0 else {
      self = .illegalArgument(routine: routine, argument: -info)
      return
    }
    self =
      switch meaning {
      case .singular: .singular(routine: routine, batch: batch, pivot: info - 1)
      case .notPositiveDefinite: .notPositiveDefinite(routine: routine, batch: batch, order: info)
      case .noConvergence: .noConvergence(routine: routine, batch: batch, unconverged: info)
      }
  }
}
