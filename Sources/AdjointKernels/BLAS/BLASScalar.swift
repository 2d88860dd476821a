import COpenBLAS

/// The element types of BLAS and LAPACK: `Float` and `Double`, and no other.
public protocol BLASScalar: BinaryFloatingPoint, BitwiseCopyable, Sendable {
  /// How the generic wrappers in `BLAS` reach the routine of the right precision.
  static var _blas: BLASRoutines<Self> { get }
}

/// CBLAS's routines of one precision, under the names that they have without its letter and with their own arguments. They
/// check nothing; call `BLAS` instead.
public struct BLASRoutines<Scalar: BLASScalar>: Sendable {
  let dot: @Sendable (Int32, UnsafePointer<Scalar>?, Int32, UnsafePointer<Scalar>?, Int32) -> Scalar
  let nrm2: @Sendable (Int32, UnsafePointer<Scalar>?, Int32) -> Scalar
  let asum: @Sendable (Int32, UnsafePointer<Scalar>?, Int32) -> Scalar
  let iamax: @Sendable (Int32, UnsafePointer<Scalar>?, Int32) -> Int
  let axpy: @Sendable (Int32, Scalar, UnsafePointer<Scalar>?, Int32, UnsafeMutablePointer<Scalar>?, Int32) -> Void
  let axpby:
    @Sendable (
      Int32, Scalar, UnsafePointer<Scalar>?, Int32, Scalar, UnsafeMutablePointer<Scalar>?, Int32
    ) -> Void
  let scal: @Sendable (Int32, Scalar, UnsafeMutablePointer<Scalar>?, Int32) -> Void
  let copy: @Sendable (Int32, UnsafePointer<Scalar>?, Int32, UnsafeMutablePointer<Scalar>?, Int32) -> Void
  let swap: @Sendable (Int32, UnsafeMutablePointer<Scalar>?, Int32, UnsafeMutablePointer<Scalar>?, Int32) -> Void
  let gemv:
    @Sendable (
      CBLAS_ORDER, CBLAS_TRANSPOSE, Int32, Int32, Scalar, UnsafePointer<Scalar>?, Int32, UnsafePointer<Scalar>?,
      Int32, Scalar, UnsafeMutablePointer<Scalar>?, Int32
    ) -> Void
  let ger:
    @Sendable (
      CBLAS_ORDER, Int32, Int32, Scalar, UnsafePointer<Scalar>?, Int32, UnsafePointer<Scalar>?, Int32,
      UnsafeMutablePointer<Scalar>?, Int32
    ) -> Void
  let symv:
    @Sendable (
      CBLAS_ORDER, CBLAS_UPLO, Int32, Scalar, UnsafePointer<Scalar>?, Int32, UnsafePointer<Scalar>?, Int32, Scalar,
      UnsafeMutablePointer<Scalar>?, Int32
    ) -> Void
  let trmv:
    @Sendable (
      CBLAS_ORDER, CBLAS_UPLO, CBLAS_TRANSPOSE, CBLAS_DIAG, Int32, UnsafePointer<Scalar>?, Int32,
      UnsafeMutablePointer<Scalar>?, Int32
    ) -> Void
  let trsv:
    @Sendable (
      CBLAS_ORDER, CBLAS_UPLO, CBLAS_TRANSPOSE, CBLAS_DIAG, Int32, UnsafePointer<Scalar>?, Int32,
      UnsafeMutablePointer<Scalar>?, Int32
    ) -> Void
  let gemm:
    @Sendable (
      CBLAS_ORDER, CBLAS_TRANSPOSE, CBLAS_TRANSPOSE, Int32, Int32, Int32, Scalar, UnsafePointer<Scalar>?, Int32,
      UnsafePointer<Scalar>?, Int32, Scalar, UnsafeMutablePointer<Scalar>?, Int32
    ) -> Void
  let symm:
    @Sendable (
      CBLAS_ORDER, CBLAS_SIDE, CBLAS_UPLO, Int32, Int32, Scalar, UnsafePointer<Scalar>?, Int32,
      UnsafePointer<Scalar>?, Int32, Scalar, UnsafeMutablePointer<Scalar>?, Int32
    ) -> Void
  let syrk:
    @Sendable (
      CBLAS_ORDER, CBLAS_UPLO, CBLAS_TRANSPOSE, Int32, Int32, Scalar, UnsafePointer<Scalar>?, Int32, Scalar,
      UnsafeMutablePointer<Scalar>?, Int32
    ) -> Void
  let trmm:
    @Sendable (
      CBLAS_ORDER, CBLAS_SIDE, CBLAS_UPLO, CBLAS_TRANSPOSE, CBLAS_DIAG, Int32, Int32, Scalar, UnsafePointer<Scalar>?,
      Int32, UnsafeMutablePointer<Scalar>?, Int32
    ) -> Void
  let trsm:
    @Sendable (
      CBLAS_ORDER, CBLAS_SIDE, CBLAS_UPLO, CBLAS_TRANSPOSE, CBLAS_DIAG, Int32, Int32, Scalar, UnsafePointer<Scalar>?,
      Int32, UnsafeMutablePointer<Scalar>?, Int32
    ) -> Void
}

extension Float: BLASScalar {
  public static let _blas = BLASRoutines<Float>(
    dot: cblas_sdot, nrm2: cblas_snrm2, asum: cblas_sasum, iamax: cblas_isamax, axpy: cblas_saxpy,
    axpby: cblas_saxpby, scal: cblas_sscal, copy: cblas_scopy, swap: cblas_sswap, gemv: cblas_sgemv, ger: cblas_sger,
    symv: cblas_ssymv, trmv: cblas_strmv, trsv: cblas_strsv, gemm: cblas_sgemm, symm: cblas_ssymm, syrk: cblas_ssyrk,
    trmm: cblas_strmm, trsm: cblas_strsm)
}

extension Double: BLASScalar {
  public static let _blas = BLASRoutines<Double>(
    dot: cblas_ddot, nrm2: cblas_dnrm2, asum: cblas_dasum, iamax: cblas_idamax, axpy: cblas_daxpy,
    axpby: cblas_daxpby, scal: cblas_dscal, copy: cblas_dcopy, swap: cblas_dswap, gemv: cblas_dgemv, ger: cblas_dger,
    symv: cblas_dsymv, trmv: cblas_dtrmv, trsv: cblas_dtrsv, gemm: cblas_dgemm, symm: cblas_dsymm, syrk: cblas_dsyrk,
    trmm: cblas_dtrmm, trsm: cblas_dtrsm)
}
