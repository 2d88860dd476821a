import COpenBLAS

/// The routines of BLAS on `Float` and `Double`, computed by OpenBLAS.
///
/// Matrices are stored row by row; row i of a matrix starts `lda` elements after row i − 1, and `lda` is at least
/// the number of columns. A vector's elements are `strideX` apart; a negative stride walks from the end of the span
/// to its start, as everywhere in BLAS. Names of arguments are BLAS's own (m, n, k, alpha, lda …). Extents that do
/// not fit the spans stop the process with a message that says which.
///
/// BLAS counts with 32-bit integers: longer operands are cut into several calls.
//
// Every routine is specialised for both types here: callers in other modules would run the generic code
// otherwise, which costs a short call (a dot product of 16 elements) two thirds of its time.
public enum BLAS {
  /// Whether a matrix takes part as it is stored or transposed.
  public enum Transpose: Sendable, Hashable {
    case no, yes

    var code: CBLAS_TRANSPOSE { self == .no ? CblasNoTrans : CblasTrans }
  }

  /// The triangle of a symmetric or triangular matrix that is read; the other may hold anything.
  public enum Triangle: Sendable, Hashable {
    case upper, lower

    var code: CBLAS_UPLO { self == .upper ? CblasUpper : CblasLower }
  }

  /// The side on which the symmetric or triangular matrix stands.
  public enum Side: Sendable, Hashable {
    case left, right

    var code: CBLAS_SIDE { self == .left ? CblasLeft : CblasRight }
  }

  /// Whether a triangular matrix's diagonal is read, or taken to be ones.
  public enum Diagonal: Sendable, Hashable {
    case stored, unit

    var code: CBLAS_DIAG { self == .stored ? CblasNonUnit : CblasUnit }
  }

  /// The longest extent of one call. OpenBLAS multiplies extents with strides in 32 bits in places, so their
  /// product is kept below 2³¹ as well. A multiple of every vector length, so that no piece starts unaligned.
  package static let longestCall = 1 << 30

  // MARK: Cutting

  /// How many elements with these strides one call can take.
  @inline(__always)
  static func piece(_ strideX: Int, _ strideY: Int = 1, longest: Int) -> Int {
    max(1, longest / max(abs(strideX), abs(strideY)))
  }

  /// The start of elements `first` ..< `first + length` of a strided vector of `count`, as BLAS wants it: the
  /// lowest address, whatever the stride's sign.
  @inline(__always)
  static func offset(_ first: Int, _ length: Int, of count: Int, stride: Int) -> Int {
    stride > 0 ? first * stride : (count - first - length) * -stride
  }

  /// A stride for a piece of `length` elements; for one element any stride will do.
  @inline(__always)
  static func stride(_ value: Int, _ length: Int) -> Int32 { length <= 1 ? 1 : Int32(value) }

  /// A leading dimension for a piece of a matrix. Of one row, only the columns matter.
  @inline(__always)
  static func leading(_ value: Int, rows: Int, columns: Int, _ operation: StaticString) -> Int32 {
    guard rows > 1 else { return Int32(max(1, columns)) }
    guard value <= Int32.max else {
      fatalError("\(operation): a leading dimension of \(value) is beyond BLAS's 32-bit integers")
    }
    return Int32(value)
  }

  /// An extent that cannot be cut.
  @inline(__always)
  static func whole(_ extent: Int, _ operation: StaticString) -> Int32 {
    guard extent <= Int32.max else {
      fatalError("\(operation): an extent of \(extent) is beyond BLAS's 32-bit integers")
    }
    return Int32(extent)
  }

  /// The number of rows of one call: matrices whose rows are too far apart are taken row by row.
  @inline(__always)
  static func rows(_ leading: Int, longest: Int) -> Int { leading > Int32.max ? 1 : longest }
}
