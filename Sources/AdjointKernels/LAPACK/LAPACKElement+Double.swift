import CKernels
import COpenBLAS

extension Double: LAPACKElement {
  static func _gelqf(
    _ m: Int32, _ n: Int32, _ a: Pointer, _ lda: Int32, _ tau: Pointer, _ work: Pointer, _ lwork: Int32
  ) -> Int32 {
    LAPACKE_dgelqf_work(Int32(LAPACK_COL_MAJOR), m, n, a, lda, tau, work, lwork)
  }

  static func _orglq(
    _ m: Int32, _ n: Int32, _ k: Int32, _ a: Pointer, _ lda: Int32, _ tau: Pointer, _ work: Pointer, _ lwork: Int32
  ) -> Int32 {
    LAPACKE_dorglq_work(Int32(LAPACK_COL_MAJOR), m, n, k, a, lda, tau, work, lwork)
  }

  static func smallLU(
    _ source: Pointer, _ a: Pointer, _ pivots: UnsafeMutablePointer<Int32>, _ info: UnsafeMutablePointer<Int32>,
    _ n: Int,
    _ count: Int
  ) {
    ck_small_lu_f64(source, a, pivots, info, Int64(n), Int64(count))
  }

  static func smallSolve(
    _ lu: Pointer, _ pivots: UnsafeMutablePointer<Int32>, _ b: Pointer, _ n: Int, _ k: Int, _ count: Int,
    _ transposed: Bool
  ) {
    ck_small_lu_solve_f64(lu, pivots, b, Int64(n), Int64(k), Int64(count), transposed ? 1 : 0)
  }

  static func smallCholesky(_ a: Pointer, _ info: UnsafeMutablePointer<Int32>, _ n: Int, _ count: Int) {
    ck_small_cholesky_f64(a, info, Int64(n), Int64(count))
  }
}
