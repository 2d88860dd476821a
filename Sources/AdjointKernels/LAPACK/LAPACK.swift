/// The routines of LAPACK on `Float` and `Double`.
///
/// Matrices are stored column by column here, LAPACK's own order: the row-major entry points of LAPACKE transpose
/// into hidden copies. A matrix stored row by row is its transpose stored column by column, and most callers can use
/// that instead. Names of arguments are LAPACK's own. Work space comes from the buffer pool.
///
/// Each routine returns LAPACK's `info`: 0 for success, −i for an illegal argument i, a positive number for what it
/// found in the data; `LinearAlgebraError(info:routine:batch:meaning:)` turns it into an error.
///
/// Routines do not look for NaN (LAPACKE's checked entry points would, at each call): callers of the iterative ones,
/// which may not end well on NaN, ask `firstNonFinite` before.
public enum LAPACK {
  /// Which singular vectors are computed.
  public enum SingularVectors: Sendable, Hashable {
    /// None.
    case none
    /// The first min(m, n) on both sides.
    case thin
    /// All m left and n right ones.
    case full

    var code: CChar { LAPACK.code(self == .none ? "N" : self == .thin ? "S" : "A") }
  }

  /// The norm in which a condition number is measured.
  public enum Norm: Sendable, Hashable {
    /// The largest sum of magnitudes in a column.
    case one
    /// The largest sum of magnitudes in a row.
    case infinity

    var code: CChar { LAPACK.code(self == .one ? "1" : "I") }
  }

  static func code(_ letter: Unicode.Scalar) -> CChar { CChar(letter.value) }
  static func code(_ triangle: BLAS.Triangle) -> CChar { code(triangle == .upper ? "U" : "L") }
  static func code(_ transpose: BLAS.Transpose) -> CChar { code(transpose == .no ? "N" : "T") }
  static func code(_ diagonal: BLAS.Diagonal) -> CChar { code(diagonal == .stored ? "N" : "U") }
  static func code(_ side: BLAS.Side) -> CChar { code(side == .left ? "L" : "R") }

  /// An extent or leading dimension for LAPACK, which cannot be cut.
  @inline(__always)
  static func whole(_ extent: Int, _ operation: StaticString) -> Int32 {
    OpenBLAS.requireNarrowIntegers()
    return BLAS.whole(extent, operation)
  }

  /// Asks a routine how much work space it wants, and calls it with that.
  ///
  /// `body` takes the space and its length in elements; a length of −1 is LAPACK's question.
  @inline(__always)
  static func withWorkspace<Scalar: LAPACKScalar>(
    _: Scalar.Type, _ operation: StaticString, _ body: (UnsafeMutablePointer<Scalar>, Int32) -> Int32
  ) -> Int {
    var wanted: Scalar = 0
    let info = body(&wanted, -1)
    guard info == 0 else { return Int(info) }
    // Older LAPACK rounds the answer down to the precision of `Float`, and then refuses what it asked for.
    let length = max(1, Int(wanted.nextUp.rounded(.up)))
    let count = whole(length, operation)
    let space = Buffer(byteCount: length * MemoryLayout<Scalar>.stride)
    defer { withExtendedLifetime(space) {} }
    return Int(body(space.baseAddress.bindMemory(to: Scalar.self, capacity: length), count))
  }

  /// Work space of integers.
  @inline(__always)
  static func withIntegers(_ count: Int, _ body: (UnsafeMutablePointer<Int32>) -> Int) -> Int {
    let space = Buffer(byteCount: max(1, count) * MemoryLayout<Int32>.stride)
    defer { withExtendedLifetime(space) {} }
    return body(space.baseAddress.bindMemory(to: Int32.self, capacity: max(1, count)))
  }

  /// The first element of an m × n matrix that is NaN or infinite, in LAPACK's order; nil if all are finite.
  package static func firstNonFinite<Scalar: LAPACKScalar>(
    m: Int, n: Int, a: UnsafePointer<Scalar>, lda: Int
  ) -> (row: Int, column: Int)? {
    for column in 0..<n {
      // x − x is 0 for finite x and NaN otherwise: one vectorisable pass decides for the whole column.
      var sum: Scalar = 0
      for row in 0..<m { sum += a[column * lda + row] - a[column * lda + row] }
      if sum != 0 {
        for row in 0..<m where !a[column * lda + row].isFinite { return (row, column) }
      }
    }
    return nil
  }

  /// The first element of an m × n matrix that is NaN or infinite, column by column; nil if all are finite.
  public static func firstNonFinite<Scalar: LAPACKScalar>(
    m: Int, n: Int, a: Span<Scalar>, lda: Int
  ) -> (row: Int, column: Int)? {
    require(matrix: "a", a.count, rows: m, columns: n, leading: lda, "firstNonFinite")
    return a.withAddress { a in firstNonFinite(m: m, n: n, a: a, lda: lda) }
  }
}
