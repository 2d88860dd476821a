import Adjoint
import CDirectBLAS

/// The routines that `direct/…` calls, on column-major arrays, as anybody would call them from C.
///
/// LAPACKE's `_work` entry points take the work space from the caller and look for no NaN: nothing is left out that a
/// direct call could leave out.
protocol DirectScalar: TensorFloatingPoint {
  typealias Memory = UnsafeMutablePointer<Self>
  static func gemm(_ m: Int32, _ n: Int32, _ k: Int32, _ a: Memory, _ b: Memory, _ c: Memory)
  static func gesv(_ n: Int32, _ a: Memory, _ pivots: UnsafeMutablePointer<Int32>, _ b: Memory) -> Int32
  static func potrf(_ n: Int32, _ a: Memory) -> Int32
  static func geqrf(_ n: Int32, _ a: Memory, _ tau: Memory, _ work: Memory, _ length: Int32) -> Int32
  static func orgqr(_ n: Int32, _ a: Memory, _ tau: Memory, _ work: Memory, _ length: Int32) -> Int32
  static func gesdd(
    _ n: Int32, _ a: Memory, _ s: Memory, _ u: Memory, _ vt: Memory, _ work: Memory, _ length: Int32,
    _ integers: UnsafeMutablePointer<Int32>
  ) -> Int32
  static func syevd(
    _ n: Int32, _ a: Memory, _ w: Memory, _ work: Memory, _ length: Int32, _ integers: UnsafeMutablePointer<Int32>
  ) -> Int32
}

extension Float: DirectScalar {
  static func gemm(_ m: Int32, _ n: Int32, _ k: Int32, _ a: Memory, _ b: Memory, _ c: Memory) {
    cblas_sgemm(CblasColMajor, CblasNoTrans, CblasNoTrans, m, n, k, 1, a, m, b, k, 0, c, m)
  }

  static func gesv(_ n: Int32, _ a: Memory, _ pivots: UnsafeMutablePointer<Int32>, _ b: Memory) -> Int32 {
    LAPACKE_sgesv_work(LAPACK_COL_MAJOR, n, 1, a, n, pivots, b, n)
  }

  static func potrf(_ n: Int32, _ a: Memory) -> Int32 {
    LAPACKE_spotrf_work(LAPACK_COL_MAJOR, CChar(UInt8(ascii: "U")), n, a, n)
  }

  static func geqrf(_ n: Int32, _ a: Memory, _ tau: Memory, _ work: Memory, _ length: Int32) -> Int32 {
    LAPACKE_sgeqrf_work(LAPACK_COL_MAJOR, n, n, a, n, tau, work, length)
  }

  static func orgqr(_ n: Int32, _ a: Memory, _ tau: Memory, _ work: Memory, _ length: Int32) -> Int32 {
    LAPACKE_sorgqr_work(LAPACK_COL_MAJOR, n, n, n, a, n, tau, work, length)
  }

  static func gesdd(
    _ n: Int32, _ a: Memory, _ s: Memory, _ u: Memory, _ vt: Memory, _ work: Memory, _ length: Int32,
    _ integers: UnsafeMutablePointer<Int32>
  ) -> Int32 {
    LAPACKE_sgesdd_work(
      LAPACK_COL_MAJOR, CChar(UInt8(ascii: "S")), n, n, a, n, s, u, n, vt, n, work, length, integers)
  }

  static func syevd(
    _ n: Int32, _ a: Memory, _ w: Memory, _ work: Memory, _ length: Int32, _ integers: UnsafeMutablePointer<Int32>
  ) -> Int32 {
    LAPACKE_ssyevd_work(
      LAPACK_COL_MAJOR, CChar(UInt8(ascii: "V")), CChar(UInt8(ascii: "U")), n, a, n, w, work, length, integers,
      3 + 5 * n)
  }
}

extension Double: DirectScalar {
  static func gemm(_ m: Int32, _ n: Int32, _ k: Int32, _ a: Memory, _ b: Memory, _ c: Memory) {
    cblas_dgemm(CblasColMajor, CblasNoTrans, CblasNoTrans, m, n, k, 1, a, m, b, k, 0, c, m)
  }

  static func gesv(_ n: Int32, _ a: Memory, _ pivots: UnsafeMutablePointer<Int32>, _ b: Memory) -> Int32 {
    LAPACKE_dgesv_work(LAPACK_COL_MAJOR, n, 1, a, n, pivots, b, n)
  }

  static func potrf(_ n: Int32, _ a: Memory) -> Int32 {
    LAPACKE_dpotrf_work(LAPACK_COL_MAJOR, CChar(UInt8(ascii: "U")), n, a, n)
  }

  static func geqrf(_ n: Int32, _ a: Memory, _ tau: Memory, _ work: Memory, _ length: Int32) -> Int32 {
    LAPACKE_dgeqrf_work(LAPACK_COL_MAJOR, n, n, a, n, tau, work, length)
  }

  static func orgqr(_ n: Int32, _ a: Memory, _ tau: Memory, _ work: Memory, _ length: Int32) -> Int32 {
    LAPACKE_dorgqr_work(LAPACK_COL_MAJOR, n, n, n, a, n, tau, work, length)
  }

  static func gesdd(
    _ n: Int32, _ a: Memory, _ s: Memory, _ u: Memory, _ vt: Memory, _ work: Memory, _ length: Int32,
    _ integers: UnsafeMutablePointer<Int32>
  ) -> Int32 {
    LAPACKE_dgesdd_work(
      LAPACK_COL_MAJOR, CChar(UInt8(ascii: "S")), n, n, a, n, s, u, n, vt, n, work, length, integers)
  }

  static func syevd(
    _ n: Int32, _ a: Memory, _ w: Memory, _ work: Memory, _ length: Int32, _ integers: UnsafeMutablePointer<Int32>
  ) -> Int32 {
    LAPACKE_dsyevd_work(
      LAPACK_COL_MAJOR, CChar(UInt8(ascii: "V")), CChar(UInt8(ascii: "U")), n, a, n, w, work, length, integers,
      3 + 5 * n)
  }
}
