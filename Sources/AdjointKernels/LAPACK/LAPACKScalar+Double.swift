import COpenBLAS

extension Double: LAPACKScalar {
  public static func _getrf(
    _ m: Int32, _ n: Int32, _ a: UnsafeMutablePointer<Double>?, _ lda: Int32, _ ipiv: UnsafeMutablePointer<Int32>?
  ) -> Int32 {
    LAPACKE_dgetrf_work(
      LAPACK_COL_MAJOR, m, n, a, lda, ipiv)
  }

  public static func _getrs(
    _ trans: CChar, _ n: Int32, _ nrhs: Int32, _ a: UnsafePointer<Double>?, _ lda: Int32,
    _ ipiv: UnsafePointer<Int32>?, _ b: UnsafeMutablePointer<Double>?, _ ldb: Int32
  ) -> Int32 {
    LAPACKE_dgetrs_work(
      LAPACK_COL_MAJOR, trans, n, nrhs, a, lda, ipiv, b, ldb)
  }

  public static func _getri(
    _ n: Int32, _ a: UnsafeMutablePointer<Double>?, _ lda: Int32, _ ipiv: UnsafePointer<Int32>?,
    _ work: UnsafeMutablePointer<Double>?, _ lwork: Int32
  ) -> Int32 {
    LAPACKE_dgetri_work(
      LAPACK_COL_MAJOR, n, a, lda, ipiv, work, lwork)
  }

  public static func _potrf(
    _ uplo: CChar, _ n: Int32, _ a: UnsafeMutablePointer<Double>?, _ lda: Int32
  ) -> Int32 {
    LAPACKE_dpotrf_work(
      LAPACK_COL_MAJOR, uplo, n, a, lda)
  }

  public static func _potrs(
    _ uplo: CChar, _ n: Int32, _ nrhs: Int32, _ a: UnsafePointer<Double>?, _ lda: Int32,
    _ b: UnsafeMutablePointer<Double>?, _ ldb: Int32
  ) -> Int32 {
    LAPACKE_dpotrs_work(
      LAPACK_COL_MAJOR, uplo, n, nrhs, a, lda, b, ldb)
  }

  public static func _potri(
    _ uplo: CChar, _ n: Int32, _ a: UnsafeMutablePointer<Double>?, _ lda: Int32
  ) -> Int32 {
    LAPACKE_dpotri_work(
      LAPACK_COL_MAJOR, uplo, n, a, lda)
  }

  public static func _geqrf(
    _ m: Int32, _ n: Int32, _ a: UnsafeMutablePointer<Double>?, _ lda: Int32, _ tau: UnsafeMutablePointer<Double>?,
    _ work: UnsafeMutablePointer<Double>?, _ lwork: Int32
  ) -> Int32 {
    LAPACKE_dgeqrf_work(
      LAPACK_COL_MAJOR, m, n, a, lda, tau, work, lwork)
  }

  public static func _orgqr(
    _ m: Int32, _ n: Int32, _ k: Int32, _ a: UnsafeMutablePointer<Double>?, _ lda: Int32,
    _ tau: UnsafePointer<Double>?, _ work: UnsafeMutablePointer<Double>?, _ lwork: Int32
  ) -> Int32 {
    LAPACKE_dorgqr_work(
      LAPACK_COL_MAJOR, m, n, k, a, lda, tau, work, lwork)
  }

  public static func _ormqr(
    _ side: CChar, _ trans: CChar, _ m: Int32, _ n: Int32, _ k: Int32, _ a: UnsafePointer<Double>?, _ lda: Int32,
    _ tau: UnsafePointer<Double>?, _ c: UnsafeMutablePointer<Double>?, _ ldc: Int32,
    _ work: UnsafeMutablePointer<Double>?, _ lwork: Int32
  ) -> Int32 {
    LAPACKE_dormqr_work(
      LAPACK_COL_MAJOR, side, trans, m, n, k, a, lda, tau, c, ldc, work, lwork)
  }

  public static func _gesdd(
    _ jobz: CChar, _ m: Int32, _ n: Int32, _ a: UnsafeMutablePointer<Double>?, _ lda: Int32,
    _ s: UnsafeMutablePointer<Double>?, _ u: UnsafeMutablePointer<Double>?, _ ldu: Int32,
    _ vt: UnsafeMutablePointer<Double>?, _ ldvt: Int32, _ work: UnsafeMutablePointer<Double>?, _ lwork: Int32,
    _ iwork: UnsafeMutablePointer<Int32>?
  ) -> Int32 {
    LAPACKE_dgesdd_work(
      LAPACK_COL_MAJOR, jobz, m, n, a, lda, s, u, ldu, vt, ldvt, work, lwork, iwork)
  }

  public static func _gesvd(
    _ jobu: CChar, _ jobvt: CChar, _ m: Int32, _ n: Int32, _ a: UnsafeMutablePointer<Double>?, _ lda: Int32,
    _ s: UnsafeMutablePointer<Double>?, _ u: UnsafeMutablePointer<Double>?, _ ldu: Int32,
    _ vt: UnsafeMutablePointer<Double>?, _ ldvt: Int32, _ work: UnsafeMutablePointer<Double>?, _ lwork: Int32
  ) -> Int32 {
    LAPACKE_dgesvd_work(
      LAPACK_COL_MAJOR, jobu, jobvt, m, n, a, lda, s, u, ldu, vt, ldvt, work, lwork)
  }

  public static func _syevd(
    _ jobz: CChar, _ uplo: CChar, _ n: Int32, _ a: UnsafeMutablePointer<Double>?, _ lda: Int32,
    _ w: UnsafeMutablePointer<Double>?, _ work: UnsafeMutablePointer<Double>?, _ lwork: Int32,
    _ iwork: UnsafeMutablePointer<Int32>?, _ liwork: Int32
  ) -> Int32 {
    LAPACKE_dsyevd_work(
      LAPACK_COL_MAJOR, jobz, uplo, n, a, lda, w, work, lwork, iwork, liwork)
  }

  public static func _geev(
    _ jobvl: CChar, _ jobvr: CChar, _ n: Int32, _ a: UnsafeMutablePointer<Double>?, _ lda: Int32,
    _ wr: UnsafeMutablePointer<Double>?, _ wi: UnsafeMutablePointer<Double>?, _ vl: UnsafeMutablePointer<Double>?,
    _ ldvl: Int32, _ vr: UnsafeMutablePointer<Double>?, _ ldvr: Int32, _ work: UnsafeMutablePointer<Double>?,
    _ lwork: Int32
  ) -> Int32 {
    LAPACKE_dgeev_work(
      LAPACK_COL_MAJOR, jobvl, jobvr, n, a, lda, wr, wi, vl, ldvl, vr, ldvr, work, lwork)
  }

  public static func _gelsy(
    _ m: Int32, _ n: Int32, _ nrhs: Int32, _ a: UnsafeMutablePointer<Double>?, _ lda: Int32,
    _ b: UnsafeMutablePointer<Double>?, _ ldb: Int32, _ jpvt: UnsafeMutablePointer<Int32>?, _ rcond: Double,
    _ rank: UnsafeMutablePointer<Int32>?, _ work: UnsafeMutablePointer<Double>?, _ lwork: Int32
  ) -> Int32 {
    LAPACKE_dgelsy_work(
      LAPACK_COL_MAJOR, m, n, nrhs, a, lda, b, ldb, jpvt, rcond, rank, work, lwork)
  }

  public static func _gelsd(
    _ m: Int32, _ n: Int32, _ nrhs: Int32, _ a: UnsafeMutablePointer<Double>?, _ lda: Int32,
    _ b: UnsafeMutablePointer<Double>?, _ ldb: Int32, _ s: UnsafeMutablePointer<Double>?, _ rcond: Double,
    _ rank: UnsafeMutablePointer<Int32>?, _ work: UnsafeMutablePointer<Double>?, _ lwork: Int32,
    _ iwork: UnsafeMutablePointer<Int32>?
  ) -> Int32 {
    LAPACKE_dgelsd_work(
      LAPACK_COL_MAJOR, m, n, nrhs, a, lda, b, ldb, s, rcond, rank, work, lwork, iwork)
  }

  public static func _trtrs(
    _ uplo: CChar, _ trans: CChar, _ diag: CChar, _ n: Int32, _ nrhs: Int32, _ a: UnsafePointer<Double>?,
    _ lda: Int32, _ b: UnsafeMutablePointer<Double>?, _ ldb: Int32
  ) -> Int32 {
    LAPACKE_dtrtrs_work(
      LAPACK_COL_MAJOR, uplo, trans, diag, n, nrhs, a, lda, b, ldb)
  }

  public static func _gecon(
    _ norm: CChar, _ n: Int32, _ a: UnsafePointer<Double>?, _ lda: Int32, _ anorm: Double,
    _ rcond: UnsafeMutablePointer<Double>?, _ work: UnsafeMutablePointer<Double>?,
    _ iwork: UnsafeMutablePointer<Int32>?
  ) -> Int32 {
    LAPACKE_dgecon_work(
      LAPACK_COL_MAJOR, norm, n, a, lda, anorm, rcond, work, iwork)
  }

  public static func _lange(
    _ norm: CChar, _ m: Int32, _ n: Int32, _ a: UnsafePointer<Double>?, _ lda: Int32,
    _ work: UnsafeMutablePointer<Double>?
  ) -> Double { LAPACKE_dlange_work(LAPACK_COL_MAJOR, norm, m, n, a, lda, work) }
}
