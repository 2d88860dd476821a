/// The element types of LAPACK: `Float` and `Double`, and no other.
///
/// The requirements are LAPACKE's own calls for matrices stored column by column, one for one; `LAPACK` wraps them.
public protocol LAPACKScalar: BLASScalar {
  static func _getrf(
    _ m: Int32, _ n: Int32, _ a: UnsafeMutablePointer<Self>?, _ lda: Int32, _ ipiv: UnsafeMutablePointer<Int32>?
  ) -> Int32
  static func _getrs(
    _ trans: CChar, _ n: Int32, _ nrhs: Int32, _ a: UnsafePointer<Self>?, _ lda: Int32,
    _ ipiv: UnsafePointer<Int32>?, _ b: UnsafeMutablePointer<Self>?, _ ldb: Int32
  ) -> Int32
  static func _getri(
    _ n: Int32, _ a: UnsafeMutablePointer<Self>?, _ lda: Int32, _ ipiv: UnsafePointer<Int32>?,
    _ work: UnsafeMutablePointer<Self>?, _ lwork: Int32
  ) -> Int32
  static func _potrf(
    _ uplo: CChar, _ n: Int32, _ a: UnsafeMutablePointer<Self>?, _ lda: Int32
  ) -> Int32
  static func _potrs(
    _ uplo: CChar, _ n: Int32, _ nrhs: Int32, _ a: UnsafePointer<Self>?, _ lda: Int32,
    _ b: UnsafeMutablePointer<Self>?, _ ldb: Int32
  ) -> Int32
  static func _potri(
    _ uplo: CChar, _ n: Int32, _ a: UnsafeMutablePointer<Self>?, _ lda: Int32
  ) -> Int32
  static func _geqrf(
    _ m: Int32, _ n: Int32, _ a: UnsafeMutablePointer<Self>?, _ lda: Int32, _ tau: UnsafeMutablePointer<Self>?,
    _ work: UnsafeMutablePointer<Self>?, _ lwork: Int32
  ) -> Int32
  static func _orgqr(
    _ m: Int32, _ n: Int32, _ k: Int32, _ a: UnsafeMutablePointer<Self>?, _ lda: Int32, _ tau: UnsafePointer<Self>?,
    _ work: UnsafeMutablePointer<Self>?, _ lwork: Int32
  ) -> Int32
  static func _ormqr(
    _ side: CChar, _ trans: CChar, _ m: Int32, _ n: Int32, _ k: Int32, _ a: UnsafePointer<Self>?, _ lda: Int32,
    _ tau: UnsafePointer<Self>?, _ c: UnsafeMutablePointer<Self>?, _ ldc: Int32,
    _ work: UnsafeMutablePointer<Self>?, _ lwork: Int32
  ) -> Int32
  static func _gesdd(
    _ jobz: CChar, _ m: Int32, _ n: Int32, _ a: UnsafeMutablePointer<Self>?, _ lda: Int32,
    _ s: UnsafeMutablePointer<Self>?, _ u: UnsafeMutablePointer<Self>?, _ ldu: Int32,
    _ vt: UnsafeMutablePointer<Self>?, _ ldvt: Int32, _ work: UnsafeMutablePointer<Self>?, _ lwork: Int32,
    _ iwork: UnsafeMutablePointer<Int32>?
  ) -> Int32
  static func _gesvd(
    _ jobu: CChar, _ jobvt: CChar, _ m: Int32, _ n: Int32, _ a: UnsafeMutablePointer<Self>?, _ lda: Int32,
    _ s: UnsafeMutablePointer<Self>?, _ u: UnsafeMutablePointer<Self>?, _ ldu: Int32,
    _ vt: UnsafeMutablePointer<Self>?, _ ldvt: Int32, _ work: UnsafeMutablePointer<Self>?, _ lwork: Int32
  ) -> Int32
  static func _syevd(
    _ jobz: CChar, _ uplo: CChar, _ n: Int32, _ a: UnsafeMutablePointer<Self>?, _ lda: Int32,
    _ w: UnsafeMutablePointer<Self>?, _ work: UnsafeMutablePointer<Self>?, _ lwork: Int32,
    _ iwork: UnsafeMutablePointer<Int32>?, _ liwork: Int32
  ) -> Int32
  static func _geev(
    _ jobvl: CChar, _ jobvr: CChar, _ n: Int32, _ a: UnsafeMutablePointer<Self>?, _ lda: Int32,
    _ wr: UnsafeMutablePointer<Self>?, _ wi: UnsafeMutablePointer<Self>?, _ vl: UnsafeMutablePointer<Self>?,
    _ ldvl: Int32, _ vr: UnsafeMutablePointer<Self>?, _ ldvr: Int32, _ work: UnsafeMutablePointer<Self>?,
    _ lwork: Int32
  ) -> Int32
  static func _gelsy(
    _ m: Int32, _ n: Int32, _ nrhs: Int32, _ a: UnsafeMutablePointer<Self>?, _ lda: Int32,
    _ b: UnsafeMutablePointer<Self>?, _ ldb: Int32, _ jpvt: UnsafeMutablePointer<Int32>?, _ rcond: Self,
    _ rank: UnsafeMutablePointer<Int32>?, _ work: UnsafeMutablePointer<Self>?, _ lwork: Int32
  ) -> Int32
  static func _gelsd(
    _ m: Int32, _ n: Int32, _ nrhs: Int32, _ a: UnsafeMutablePointer<Self>?, _ lda: Int32,
    _ b: UnsafeMutablePointer<Self>?, _ ldb: Int32, _ s: UnsafeMutablePointer<Self>?, _ rcond: Self,
    _ rank: UnsafeMutablePointer<Int32>?, _ work: UnsafeMutablePointer<Self>?, _ lwork: Int32,
    _ iwork: UnsafeMutablePointer<Int32>?
  ) -> Int32
  static func _trtrs(
    _ uplo: CChar, _ trans: CChar, _ diag: CChar, _ n: Int32, _ nrhs: Int32, _ a: UnsafePointer<Self>?,
    _ lda: Int32, _ b: UnsafeMutablePointer<Self>?, _ ldb: Int32
  ) -> Int32
  static func _gecon(
    _ norm: CChar, _ n: Int32, _ a: UnsafePointer<Self>?, _ lda: Int32, _ anorm: Self,
    _ rcond: UnsafeMutablePointer<Self>?, _ work: UnsafeMutablePointer<Self>?, _ iwork: UnsafeMutablePointer<Int32>?
  ) -> Int32
  static func _lange(
    _ norm: CChar, _ m: Int32, _ n: Int32, _ a: UnsafePointer<Self>?, _ lda: Int32,
    _ work: UnsafeMutablePointer<Self>?
  ) -> Self
}
