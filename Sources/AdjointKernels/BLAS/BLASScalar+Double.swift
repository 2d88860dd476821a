import COpenBLAS

extension Double: BLASScalar {
  public static func _dot(
    _ n: Int32, _ x: UnsafePointer<Double>, _ strideX: Int32, _ y: UnsafePointer<Double>, _ strideY: Int32
  ) -> Double { cblas_ddot(n, x, strideX, y, strideY) }

  public static func _nrm2(_ n: Int32, _ x: UnsafePointer<Double>, _ strideX: Int32) -> Double {
    cblas_dnrm2(n, x, strideX)
  }

  public static func _asum(_ n: Int32, _ x: UnsafePointer<Double>, _ strideX: Int32) -> Double {
    cblas_dasum(n, x, strideX)
  }

  public static func _iamax(_ n: Int32, _ x: UnsafePointer<Double>, _ strideX: Int32) -> Int {
    Int(cblas_idamax(n, x, strideX))
  }

  public static func _axpy(
    _ n: Int32, _ alpha: Double, _ x: UnsafePointer<Double>, _ strideX: Int32, _ y: UnsafeMutablePointer<Double>,
    _ strideY: Int32
  ) { cblas_daxpy(n, alpha, x, strideX, y, strideY) }

  public static func _axpby(
    _ n: Int32, _ alpha: Double, _ x: UnsafePointer<Double>, _ strideX: Int32, _ beta: Double,
    _ y: UnsafeMutablePointer<Double>, _ strideY: Int32
  ) { cblas_daxpby(n, alpha, x, strideX, beta, y, strideY) }

  public static func _scal(_ n: Int32, _ alpha: Double, _ x: UnsafeMutablePointer<Double>, _ strideX: Int32) {
    cblas_dscal(n, alpha, x, strideX)
  }

  public static func _copy(
    _ n: Int32, _ x: UnsafePointer<Double>, _ strideX: Int32, _ y: UnsafeMutablePointer<Double>, _ strideY: Int32
  ) { cblas_dcopy(n, x, strideX, y, strideY) }

  public static func _swap(
    _ n: Int32, _ x: UnsafeMutablePointer<Double>, _ strideX: Int32, _ y: UnsafeMutablePointer<Double>, _ strideY: Int32
  ) { cblas_dswap(n, x, strideX, y, strideY) }

  public static func _gemv(
    _ transpose: BLAS.Transpose, _ m: Int32, _ n: Int32, _ alpha: Double, _ a: UnsafePointer<Double>, _ lda: Int32,
    _ x: UnsafePointer<Double>, _ strideX: Int32, _ beta: Double, _ y: UnsafeMutablePointer<Double>, _ strideY: Int32
  ) { cblas_dgemv(CblasRowMajor, transpose.code, m, n, alpha, a, lda, x, strideX, beta, y, strideY) }

  public static func _ger(
    _ m: Int32, _ n: Int32, _ alpha: Double, _ x: UnsafePointer<Double>, _ strideX: Int32, _ y: UnsafePointer<Double>,
    _ strideY: Int32, _ a: UnsafeMutablePointer<Double>, _ lda: Int32
  ) { cblas_dger(CblasRowMajor, m, n, alpha, x, strideX, y, strideY, a, lda) }

  public static func _symv(
    _ triangle: BLAS.Triangle, _ n: Int32, _ alpha: Double, _ a: UnsafePointer<Double>, _ lda: Int32,
    _ x: UnsafePointer<Double>, _ strideX: Int32, _ beta: Double, _ y: UnsafeMutablePointer<Double>, _ strideY: Int32
  ) { cblas_dsymv(CblasRowMajor, triangle.code, n, alpha, a, lda, x, strideX, beta, y, strideY) }

  public static func _trmv(
    _ triangle: BLAS.Triangle, _ transpose: BLAS.Transpose, _ diagonal: BLAS.Diagonal, _ n: Int32,
    _ a: UnsafePointer<Double>, _ lda: Int32, _ x: UnsafeMutablePointer<Double>, _ strideX: Int32
  ) { cblas_dtrmv(CblasRowMajor, triangle.code, transpose.code, diagonal.code, n, a, lda, x, strideX) }

  public static func _trsv(
    _ triangle: BLAS.Triangle, _ transpose: BLAS.Transpose, _ diagonal: BLAS.Diagonal, _ n: Int32,
    _ a: UnsafePointer<Double>, _ lda: Int32, _ x: UnsafeMutablePointer<Double>, _ strideX: Int32
  ) { cblas_dtrsv(CblasRowMajor, triangle.code, transpose.code, diagonal.code, n, a, lda, x, strideX) }

  public static func _gemm(
    _ transposeA: BLAS.Transpose, _ transposeB: BLAS.Transpose, _ m: Int32, _ n: Int32, _ k: Int32, _ alpha: Double,
    _ a: UnsafePointer<Double>, _ lda: Int32, _ b: UnsafePointer<Double>, _ ldb: Int32, _ beta: Double,
    _ c: UnsafeMutablePointer<Double>, _ ldc: Int32
  ) {
    cblas_dgemm(CblasRowMajor, transposeA.code, transposeB.code, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc)
  }

  public static func _symm(
    _ side: BLAS.Side, _ triangle: BLAS.Triangle, _ m: Int32, _ n: Int32, _ alpha: Double, _ a: UnsafePointer<Double>,
    _ lda: Int32, _ b: UnsafePointer<Double>, _ ldb: Int32, _ beta: Double, _ c: UnsafeMutablePointer<Double>,
    _ ldc: Int32
  ) { cblas_dsymm(CblasRowMajor, side.code, triangle.code, m, n, alpha, a, lda, b, ldb, beta, c, ldc) }

  public static func _syrk(
    _ triangle: BLAS.Triangle, _ transpose: BLAS.Transpose, _ n: Int32, _ k: Int32, _ alpha: Double,
    _ a: UnsafePointer<Double>, _ lda: Int32, _ beta: Double, _ c: UnsafeMutablePointer<Double>, _ ldc: Int32
  ) { cblas_dsyrk(CblasRowMajor, triangle.code, transpose.code, n, k, alpha, a, lda, beta, c, ldc) }

  public static func _trmm(
    _ side: BLAS.Side, _ triangle: BLAS.Triangle, _ transpose: BLAS.Transpose, _ diagonal: BLAS.Diagonal,
    _ m: Int32, _ n: Int32, _ alpha: Double, _ a: UnsafePointer<Double>, _ lda: Int32,
    _ b: UnsafeMutablePointer<Double>,
    _ ldb: Int32
  ) {
    cblas_dtrmm(
      CblasRowMajor, side.code, triangle.code, transpose.code, diagonal.code, m, n, alpha, a, lda, b, ldb)
  }

  public static func _trsm(
    _ side: BLAS.Side, _ triangle: BLAS.Triangle, _ transpose: BLAS.Transpose, _ diagonal: BLAS.Diagonal,
    _ m: Int32, _ n: Int32, _ alpha: Double, _ a: UnsafePointer<Double>, _ lda: Int32,
    _ b: UnsafeMutablePointer<Double>,
    _ ldb: Int32
  ) {
    cblas_dtrsm(
      CblasRowMajor, side.code, triangle.code, transpose.code, diagonal.code, m, n, alpha, a, lda, b, ldb)
  }
}
