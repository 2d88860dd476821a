/// Why a factorisation or a solution does not exist, or was not found.
///
/// `routine` is the operation as the caller knows it, `batch` the number of the matrix in its stack (0 for a single
/// matrix, row-major over the leading axes), `pivot` the place on the diagonal where the work stopped, from 0.
public enum LinearAlgebraError: Error, Hashable, Sendable {
  /// A pivot is exactly zero: the matrix has no inverse.
  case singular(routine: String, batch: Int, pivot: Int)
  /// The leading block of order `pivot + 1` is not positive definite.
  case notPositiveDefinite(routine: String, batch: Int, pivot: Int)
  /// The iteration did not converge.
  case noConvergence(routine: String, batch: Int)
  /// The matrix holds NaN or an infinity.
  case notFinite(routine: String, batch: Int)
}

extension LinearAlgebraError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .singular(let routine, let batch, let pivot):
      "\(routine): matrix \(batch) of the batch is singular; pivot \(pivot) is exactly zero"
    case .notPositiveDefinite(let routine, let batch, let pivot):
      "\(routine): matrix \(batch) of the batch is not positive definite; its leading block of order \(pivot + 1) is not"
    case .noConvergence(let routine, let batch):
      "\(routine): the iteration did not converge for matrix \(batch) of the batch"
    case .notFinite(let routine, let batch):
      "\(routine): matrix \(batch) of the batch holds NaN or an infinity"
    }
  }
}
