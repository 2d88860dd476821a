import CKernels
import COpenBLAS

extension Double: LAPACKElement {
  static func getrf(_ m: Int32, _ n: Int32, _ a: Pointer, _ ld: Int32, _ pivots: UnsafeMutablePointer<Int32>) -> Int32 {
    LAPACKE_dgetrf_work(columnMajor, m, n, a, ld, pivots)
  }

  static func getri(_ n: Int32, _ a: Pointer, _ ld: Int32, _ pivots: UnsafeMutablePointer<Int32>) -> Int32 {
    LAPACKE_dgetri(columnMajor, n, a, ld, pivots)
  }

  static func getrs(
    _ transposed: Bool, _ n: Int32, _ k: Int32, _ a: Pointer, _ pivots: UnsafeMutablePointer<Int32>, _ b: Pointer
  ) -> Int32 {
    LAPACKE_dgetrs_work(columnMajor, transposed ? letterT : letterN, n, k, a, n, pivots, b, n)
  }

  static func potrf(_ upper: Bool, _ n: Int32, _ a: Pointer, _ ld: Int32) -> Int32 {
    LAPACKE_dpotrf_work(columnMajor, upper ? letterU : letterL, n, a, ld)
  }

  static func gelqf(_ m: Int32, _ n: Int32, _ a: Pointer, _ ld: Int32, _ tau: Pointer) -> Int32 {
    LAPACKE_dgelqf(columnMajor, m, n, a, ld, tau)
  }

  static func orglq(_ m: Int32, _ n: Int32, _ k: Int32, _ a: Pointer, _ ld: Int32, _ tau: Pointer) -> Int32 {
    LAPACKE_dorglq(columnMajor, m, n, k, a, ld, tau)
  }

  static func gesdd(
    _ job: Character, _ m: Int32, _ n: Int32, _ a: Pointer, _ s: Pointer, _ u: Pointer, _ ldu: Int32, _ vt: Pointer,
    _ ldvt: Int32
  ) -> Int32 {
    LAPACKE_dgesdd(columnMajor, job.code, m, n, a, m, s, u, ldu, vt, ldvt)
  }

  static func gesvd(
    _ job: Character, _ m: Int32, _ n: Int32, _ a: Pointer, _ s: Pointer, _ u: Pointer, _ ldu: Int32, _ vt: Pointer,
    _ ldvt: Int32, _ work: Pointer
  ) -> Int32 {
    LAPACKE_dgesvd(columnMajor, job.code, job.code, m, n, a, m, s, u, ldu, vt, ldvt, work)
  }

  static func syevd(_ vectors: Bool, _ upper: Bool, _ n: Int32, _ a: Pointer, _ w: Pointer) -> Int32 {
    LAPACKE_dsyevd(columnMajor, vectors ? letterV : letterN, upper ? letterU : letterL, n, a, n, w)
  }

  static func geev(
    _ vectors: Bool, _ n: Int32, _ a: Pointer, _ real: Pointer, _ imaginary: Pointer, _ left: Pointer
  ) -> Int32 {
    LAPACKE_dgeev(columnMajor, vectors ? letterV : letterN, letterN, n, a, n, real, imaginary, left, n, nil, n)
  }

  static func gelsy(
    _ m: Int32, _ n: Int32, _ k: Int32, _ a: Pointer, _ b: Pointer, _ ldb: Int32, _ pivots: UnsafeMutablePointer<Int32>,
    _ rcond: Double, _ rank: UnsafeMutablePointer<Int32>
  ) -> Int32 {
    LAPACKE_dgelsy(columnMajor, m, n, k, a, m, b, ldb, pivots, rcond, rank)
  }

  static func gelsd(
    _ m: Int32, _ n: Int32, _ k: Int32, _ a: Pointer, _ b: Pointer, _ ldb: Int32, _ s: Pointer, _ rcond: Double,
    _ rank: UnsafeMutablePointer<Int32>
  ) -> Int32 {
    LAPACKE_dgelsd(columnMajor, m, n, k, a, m, b, ldb, s, rcond, rank)
  }

  static func trsm(
    left: Bool, upper: Bool, transposed: Bool, unit: Bool, _ m: Int32, _ n: Int32, _ a: Pointer, _ lda: Int32,
    _ b: Pointer, _ ldb: Int32
  ) {
    cblas_dtrsm(
      CblasRowMajor, left ? CblasLeft : CblasRight, upper ? CblasUpper : CblasLower,
      transposed ? CblasTrans : CblasNoTrans, unit ? CblasUnit : CblasNonUnit, m, n, 1, a, lda, b, ldb)
  }

  static func gemm(
    _ transposeA: Bool, _ transposeB: Bool, _ m: Int32, _ n: Int32, _ k: Int32, _ a: Pointer, _ lda: Int32,
    _ b: Pointer, _ ldb: Int32, _ c: Pointer
  ) {
    cblas_dgemm(
      CblasRowMajor, transposeA ? CblasTrans : CblasNoTrans, transposeB ? CblasTrans : CblasNoTrans, m, n, k, 1, a,
      lda, b, ldb, 0, c, n)
  }

  static func syrk(_ n: Int32, _ k: Int32, _ a: Pointer, _ c: Pointer) {
    cblas_dsyrk(CblasRowMajor, CblasUpper, CblasTrans, n, k, 1, a, n, 0, c, n)
  }

  static func smallLU(
    _ a: Pointer, _ pivots: UnsafeMutablePointer<Int32>, _ info: UnsafeMutablePointer<Int32>, _ n: Int, _ count: Int
  ) {
    ck_small_lu_f64(a, pivots, info, Int64(n), Int64(count))
  }

  static func smallSolve(
    _ lu: Pointer, _ pivots: UnsafeMutablePointer<Int32>, _ b: Pointer, _ n: Int, _ k: Int, _ transposed: Bool
  ) {
    ck_small_lu_solve_f64(lu, pivots, b, Int64(n), Int64(k), transposed ? 1 : 0)
  }

  static func smallCholesky(_ a: Pointer, _ info: UnsafeMutablePointer<Int32>, _ n: Int, _ count: Int) {
    ck_small_cholesky_f64(a, info, Int64(n), Int64(count))
  }
}
