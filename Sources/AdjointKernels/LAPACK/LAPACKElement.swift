import CKernels

/// What row-major stacks ask of a precision beyond ``LAPACKScalar``: the kernels for small matrices.
protocol LAPACKElement: LAPACKScalar {
  static var small: SmallMatrixRoutines<Self> { get }
}

/// The kernels for many small matrices of one precision, with the arguments that `ck_small_matrices.h` describes.
struct SmallMatrixRoutines<Scalar>: Sendable {
  let lu:
    @Sendable (
      UnsafePointer<Scalar>?, UnsafeMutablePointer<Scalar>?, UnsafeMutablePointer<Int32>?, UnsafeMutablePointer<Int32>?,
      UnsafeMutablePointer<Scalar>?, Int64, Int64, Int64
    ) -> Void
  let solve:
    @Sendable (
      UnsafePointer<Scalar>?, UnsafePointer<Int32>?, UnsafeMutablePointer<Scalar>?, Int64, Int64, Int64, Int32
    ) -> Void
  let cholesky: @Sendable (UnsafeMutablePointer<Scalar>?, UnsafeMutablePointer<Int32>?, Int64, Int64) -> Void
}

extension Float: LAPACKElement {
  static let small = SmallMatrixRoutines<Float>(
    lu: ck_small_lu_f32, solve: ck_small_lu_solve_f32, cholesky: ck_small_cholesky_f32)
}

extension Double: LAPACKElement {
  static let small = SmallMatrixRoutines<Double>(
    lu: ck_small_lu_f64, solve: ck_small_lu_solve_f64, cholesky: ck_small_cholesky_f64)
}
