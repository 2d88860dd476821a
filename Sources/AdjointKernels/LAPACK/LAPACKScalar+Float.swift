import COpenBLAS

extension Float: LAPACKScalar {
  public static func _getrf(
    _ m: Int32, _ n: Int32, _ a: UnsafeMutablePointer<Float>?, _ lda: Int32, _ ipiv: UnsafeMutablePointer<Int32>?
  ) -> Int32 {
    LAPACKE_sgetrf_work(
      LAPACK_COL_MAJOR, m, n, a, lda, ipiv)
  }

  public static func _getrs(
    _ trans: CChar, _ n: Int32, _ nrhs: Int32, _ a: UnsafePointer<Float>?, _ lda: Int32,
    _ ipiv: UnsafePointer<Int32>?, _ b: UnsafeMutablePointer<Float>?, _ ldb: Int32
  ) -> Int32 {
    LAPACKE_sgetrs_work(
      LAPACK_COL_MAJOR, trans, n, nrhs, a, lda, ipiv, b, ldb)
  }

  public static func _getri(
    _ n: Int32, _ a: UnsafeMutablePointer<Float>?, _ lda: Int32, _ ipiv: UnsafePointer<Int32>?,
    _ work: UnsafeMutablePointer<Float>?, _ lwork: Int32
  ) -> Int32 {
    LAPACKE_sgetri_work(
      LAPACK_COL_MAJOR, n, a, lda, ipiv, work, lwork)
  }

  public static func _potrf(
    _ uplo: CChar, _ n: Int32, _ a: UnsafeMutablePointer<Float>?, _ lda: Int32
  ) -> Int32 {
    LAPACKE_spotrf_work(
      LAPACK_COL_MAJOR, uplo, n, a, lda)
  }

  public static func _potrs(
    _ uplo: CChar, _ n: Int32, _ nrhs: Int32, _ a: UnsafePointer<Float>?, _ lda: Int32,
    _ b: UnsafeMutablePointer<Float>?, _ ldb: Int32
  ) -> Int32 {
    LAPACKE_spotrs_work(
      LAPACK_COL_MAJOR, uplo, n, nrhs, a, lda, b, ldb)
  }

  public static func _potri(
    _ uplo: CChar, _ n: Int32, _ a: UnsafeMutablePointer<Float>?, _ lda: Int32
  ) -> Int32 {
    LAPACKE_spotri_work(
      LAPACK_COL_MAJOR, uplo, n, a, lda)
  }

  public static func _geqrf(
    _ m: Int32, _ n: Int32, _ a: UnsafeMutablePointer<Float>?, _ lda: Int32, _ tau: UnsafeMutablePointer<Float>?,
    _ work: UnsafeMutablePointer<Float>?, _ lwork: Int32
  ) -> Int32 {
    LAPACKE_sgeqrf_work(
      LAPACK_COL_MAJOR, m, n, a, lda, tau, work, lwork)
  }

  public static func _orgqr(
    _ m: Int32, _ n: Int32, _ k: Int32, _ a: UnsafeMutablePointer<Float>?, _ lda: Int32,
    _ tau: UnsafePointer<Float>?, _ work: UnsafeMutablePointer<Float>?, _ lwork: Int32
  ) -> Int32 {
    LAPACKE_sorgqr_work(
      LAPACK_COL_MAJOR, m, n, k, a, lda, tau, work, lwork)
  }

  public static func _ormqr(
    _ side: CChar, _ trans: CChar, _ m: Int32, _ n: Int32, _ k: Int32, _ a: UnsafePointer<Float>?, _ lda: Int32,
    _ tau: UnsafePointer<Float>?, _ c: UnsafeMutablePointer<Float>?, _ ldc: Int32,
    _ work: UnsafeMutablePointer<Float>?, _ lwork: Int32
  ) -> Int32 {
    LAPACKE_sormqr_work(
      LAPACK_COL_MAJOR, side, trans, m, n, k, a, lda, tau, c, ldc, work, lwork)
  }

  public static func _gesdd(
    _ jobz: CChar, _ m: Int32, _ n: Int32, _ a: UnsafeMutablePointer<Float>?, _ lda: Int32,
    _ s: UnsafeMutablePointer<Float>?, _ u: UnsafeMutablePointer<Float>?, _ ldu: Int32,
    _ vt: UnsafeMutablePointer<Float>?, _ ldvt: Int32, _ work: UnsafeMutablePointer<Float>?, _ lwork: Int32,
    _ iwork: UnsafeMutablePointer<Int32>?
  ) -> Int32 {
    LAPACKE_sgesdd_work(
      LAPACK_COL_MAJOR, jobz, m, n, a, lda, s, u, ldu, vt, ldvt, work, lwork, iwork)
  }

  public static func _gesvd(
    _ jobu: CChar, _ jobvt: CChar, _ m: Int32, _ n: Int32, _ a: UnsafeMutablePointer<Float>?, _ lda: Int32,
    _ s: UnsafeMutablePointer<Float>?, _ u: UnsafeMutablePointer<Float>?, _ ldu: Int32,
    _ vt: UnsafeMutablePointer<Float>?, _ ldvt: Int32, _ work: UnsafeMutablePointer<Float>?, _ lwork: Int32
  ) -> Int32 {
    LAPACKE_sgesvd_work(
      LAPACK_COL_MAJOR, jobu, jobvt, m, n, a, lda, s, u, ldu, vt, ldvt, work, lwork)
  }

  public static func _syevd(
    _ jobz: CChar, _ uplo: CChar, _ n: Int32, _ a: UnsafeMutablePointer<Float>?, _ lda: Int32,
    _ w: UnsafeMutablePointer<Float>?, _ work: UnsafeMutablePointer<Float>?, _ lwork: Int32,
    _ iwork: UnsafeMutablePointer<Int32>?, _ liwork: Int32
  ) -> Int32 {
    LAPACKE_ssyevd_work(
      LAPACK_COL_MAJOR, jobz, uplo, n, a, lda, w, work, lwork, iwork, liwork)
  }

  public static func _geev(
    _ jobvl: CChar, _ jobvr: CChar, _ n: Int32, _ a: UnsafeMutablePointer<Float>?, _ lda: Int32,
    _ wr: UnsafeMutablePointer<Float>?, _ wi: UnsafeMutablePointer<Float>?, _ vl: UnsafeMutablePointer<Float>?,
    _ ldvl: Int32, _ vr: UnsafeMutablePointer<Float>?, _ ldvr: Int32, _ work: UnsafeMutablePointer<Float>?,
    _ lwork: Int32
  ) -> Int32 {
    LAPACKE_sgeev_work(
      LAPACK_COL_MAJOR, jobvl, jobvr, n, a, lda, wr, wi, vl, ldvl, vr, ldvr, work, lwork)
  }

  public static func _gelsy(
    _ m: Int32, _ n: Int32, _ nrhs: Int32, _ a: UnsafeMutablePointer<Float>?, _ lda: Int32,
    _ b: UnsafeMutablePointer<Float>?, _ ldb: Int32, _ jpvt: UnsafeMutablePointer<Int32>?, _ rcond: Float,
    _ rank: UnsafeMutablePointer<Int32>?, _ work: UnsafeMutablePointer<Float>?, _ lwork: Int32
  ) -> Int32 {
    LAPACKE_sgelsy_work(
      LAPACK_COL_MAJOR, m, n, nrhs, a, lda, b, ldb, jpvt, rcond, rank, work, lwork)
  }

  public static func _gelsd(
    _ m: Int32, _ n: Int32, _ nrhs: Int32, _ a: UnsafeMutablePointer<Float>?, _ lda: Int32,
    _ b: UnsafeMutablePointer<Float>?, _ ldb: Int32, _ s: UnsafeMutablePointer<Float>?, _ rcond: Float,
    _ rank: UnsafeMutablePointer<Int32>?, _ work: UnsafeMutablePointer<Float>?, _ lwork: Int32,
    _ iwork: UnsafeMutablePointer<Int32>?
  ) -> Int32 {
    LAPACKE_sgelsd_work(
      LAPACK_COL_MAJOR, m, n, nrhs, a, lda, b, ldb, s, rcond, rank, work, lwork, iwork)
  }

  public static func _trtrs(
    _ uplo: CChar, _ trans: CChar, _ diag: CChar, _ n: Int32, _ nrhs: Int32, _ a: UnsafePointer<Float>?,
    _ lda: Int32, _ b: UnsafeMutablePointer<Float>?, _ ldb: Int32
  ) -> Int32 {
    LAPACKE_strtrs_work(
      LAPACK_COL_MAJOR, uplo, trans, diag, n, nrhs, a, lda, b, ldb)
  }

  public static func _gecon(
    _ norm: CChar, _ n: Int32, _ a: UnsafePointer<Float>?, _ lda: Int32, _ anorm: Float,
    _ rcond: UnsafeMutablePointer<Float>?, _ work: UnsafeMutablePointer<Float>?, _ iwork: UnsafeMutablePointer<Int32>?
  ) -> Int32 {
    LAPACKE_sgecon_work(
      LAPACK_COL_MAJOR, norm, n, a, lda, anorm, rcond, work, iwork)
  }

  public static func _lange(
    _ norm: CChar, _ m: Int32, _ n: Int32, _ a: UnsafePointer<Float>?, _ lda: Int32,
    _ work: UnsafeMutablePointer<Float>?
  ) -> Float { LAPACKE_slange_work(LAPACK_COL_MAJOR, norm, m, n, a, lda, work) }
}
