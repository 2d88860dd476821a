import COpenBLAS

/// The element types of LAPACK: `Float` and `Double`, and no other.
public protocol LAPACKScalar: BLASScalar {
  /// How the generic wrappers in `LAPACK` reach the routine of the right precision.
  static var _lapack: LAPACKRoutines<Self> { get }
}

/// LAPACKE's routines of one precision, under the names that they have without its letter and with their own arguments: the
/// layout of the matrices first. They check nothing; call `LAPACK` instead.
public struct LAPACKRoutines<Scalar: LAPACKScalar>: Sendable {
  let getrf:
    @Sendable (
      Int32, Int32, Int32, UnsafeMutablePointer<Scalar>?, Int32, UnsafeMutablePointer<Int32>?
    ) -> Int32
  let getrs:
    @Sendable (
      Int32, CChar, Int32, Int32, UnsafePointer<Scalar>?, Int32, UnsafePointer<Int32>?,
      UnsafeMutablePointer<Scalar>?, Int32
    ) -> Int32
  let getri:
    @Sendable (
      Int32, Int32, UnsafeMutablePointer<Scalar>?, Int32, UnsafePointer<Int32>?, UnsafeMutablePointer<Scalar>?, Int32
    ) -> Int32
  let potrf: @Sendable (Int32, CChar, Int32, UnsafeMutablePointer<Scalar>?, Int32) -> Int32
  let potrs:
    @Sendable (
      Int32, CChar, Int32, Int32, UnsafePointer<Scalar>?, Int32, UnsafeMutablePointer<Scalar>?, Int32
    ) -> Int32
  let potri: @Sendable (Int32, CChar, Int32, UnsafeMutablePointer<Scalar>?, Int32) -> Int32
  let geqrf:
    @Sendable (
      Int32, Int32, Int32, UnsafeMutablePointer<Scalar>?, Int32, UnsafeMutablePointer<Scalar>?,
      UnsafeMutablePointer<Scalar>?, Int32
    ) -> Int32
  let orgqr:
    @Sendable (
      Int32, Int32, Int32, Int32, UnsafeMutablePointer<Scalar>?, Int32, UnsafePointer<Scalar>?,
      UnsafeMutablePointer<Scalar>?, Int32
    ) -> Int32
  let ormqr:
    @Sendable (
      Int32, CChar, CChar, Int32, Int32, Int32, UnsafePointer<Scalar>?, Int32, UnsafePointer<Scalar>?,
      UnsafeMutablePointer<Scalar>?, Int32, UnsafeMutablePointer<Scalar>?, Int32
    ) -> Int32
  let gesdd:
    @Sendable (
      Int32, CChar, Int32, Int32, UnsafeMutablePointer<Scalar>?, Int32, UnsafeMutablePointer<Scalar>?,
      UnsafeMutablePointer<Scalar>?, Int32, UnsafeMutablePointer<Scalar>?, Int32, UnsafeMutablePointer<Scalar>?,
      Int32, UnsafeMutablePointer<Int32>?
    ) -> Int32
  let gesvd:
    @Sendable (
      Int32, CChar, CChar, Int32, Int32, UnsafeMutablePointer<Scalar>?, Int32, UnsafeMutablePointer<Scalar>?,
      UnsafeMutablePointer<Scalar>?, Int32, UnsafeMutablePointer<Scalar>?, Int32, UnsafeMutablePointer<Scalar>?,
      Int32
    ) -> Int32
  let syevd:
    @Sendable (
      Int32, CChar, CChar, Int32, UnsafeMutablePointer<Scalar>?, Int32, UnsafeMutablePointer<Scalar>?,
      UnsafeMutablePointer<Scalar>?, Int32, UnsafeMutablePointer<Int32>?, Int32
    ) -> Int32
  let geev:
    @Sendable (
      Int32, CChar, CChar, Int32, UnsafeMutablePointer<Scalar>?, Int32, UnsafeMutablePointer<Scalar>?,
      UnsafeMutablePointer<Scalar>?, UnsafeMutablePointer<Scalar>?, Int32, UnsafeMutablePointer<Scalar>?, Int32,
      UnsafeMutablePointer<Scalar>?, Int32
    ) -> Int32
  let gelsy:
    @Sendable (
      Int32, Int32, Int32, Int32, UnsafeMutablePointer<Scalar>?, Int32, UnsafeMutablePointer<Scalar>?, Int32,
      UnsafeMutablePointer<Int32>?, Scalar, UnsafeMutablePointer<Int32>?, UnsafeMutablePointer<Scalar>?, Int32
    ) -> Int32
  let gelsd:
    @Sendable (
      Int32, Int32, Int32, Int32, UnsafeMutablePointer<Scalar>?, Int32, UnsafeMutablePointer<Scalar>?, Int32,
      UnsafeMutablePointer<Scalar>?, Scalar, UnsafeMutablePointer<Int32>?, UnsafeMutablePointer<Scalar>?, Int32,
      UnsafeMutablePointer<Int32>?
    ) -> Int32
  let trtrs:
    @Sendable (
      Int32, CChar, CChar, CChar, Int32, Int32, UnsafePointer<Scalar>?, Int32, UnsafeMutablePointer<Scalar>?, Int32
    ) -> Int32
  let gecon:
    @Sendable (
      Int32, CChar, Int32, UnsafePointer<Scalar>?, Int32, Scalar, UnsafeMutablePointer<Scalar>?,
      UnsafeMutablePointer<Scalar>?, UnsafeMutablePointer<Int32>?
    ) -> Int32
  let lange:
    @Sendable (
      Int32, CChar, Int32, Int32, UnsafePointer<Scalar>?, Int32, UnsafeMutablePointer<Scalar>?
    ) -> Scalar
}

extension Float: LAPACKScalar {
  public static let _lapack = LAPACKRoutines<Float>(
    getrf: LAPACKE_sgetrf_work, getrs: LAPACKE_sgetrs_work, getri: LAPACKE_sgetri_work, potrf: LAPACKE_spotrf_work,
    potrs: LAPACKE_spotrs_work, potri: LAPACKE_spotri_work, geqrf: LAPACKE_sgeqrf_work, orgqr: LAPACKE_sorgqr_work,
    ormqr: LAPACKE_sormqr_work, gesdd: LAPACKE_sgesdd_work, gesvd: LAPACKE_sgesvd_work, syevd: LAPACKE_ssyevd_work,
    geev: LAPACKE_sgeev_work, gelsy: LAPACKE_sgelsy_work, gelsd: LAPACKE_sgelsd_work, trtrs: LAPACKE_strtrs_work,
    gecon: LAPACKE_sgecon_work, lange: LAPACKE_slange_work)
}

extension Double: LAPACKScalar {
  public static let _lapack = LAPACKRoutines<Double>(
    getrf: LAPACKE_dgetrf_work, getrs: LAPACKE_dgetrs_work, getri: LAPACKE_dgetri_work, potrf: LAPACKE_dpotrf_work,
    potrs: LAPACKE_dpotrs_work, potri: LAPACKE_dpotri_work, geqrf: LAPACKE_dgeqrf_work, orgqr: LAPACKE_dorgqr_work,
    ormqr: LAPACKE_dormqr_work, gesdd: LAPACKE_dgesdd_work, gesvd: LAPACKE_dgesvd_work, syevd: LAPACKE_dsyevd_work,
    geev: LAPACKE_dgeev_work, gelsy: LAPACKE_dgelsy_work, gelsd: LAPACKE_dgelsd_work, trtrs: LAPACKE_dtrtrs_work,
    gecon: LAPACKE_dgecon_work, lange: LAPACKE_dlange_work)
}
