import COpenBLAS

extension Float: BLASScalar {
  public static func _dot(
    _ n: Int32, _ x: UnsafePointer<Float>, _ strideX: Int32, _ y: UnsafePointer<Float>, _ strideY: Int32
  ) -> Float { cblas_sdot(n, x, strideX, y, strideY) }

  public static func _nrm2(_ n: Int32, _ x: UnsafePointer<Float>, _ strideX: Int32) -> Float {
    cblas_snrm2(n, x, strideX)
  }

  public static func _asum(_ n: Int32, _ x: UnsafePointer<Float>, _ strideX: Int32) -> Float {
    cblas_sasum(n, x, strideX)
  }

  public static func _iamax(_ n: Int32, _ x: UnsafePointer<Float>, _ strideX: Int32) -> Int {
    Int(cblas_isamax(n, x, strideX))
  }

  public static func _axpy(
    _ n: Int32, _ alpha: Float, _ x: UnsafePointer<Float>, _ strideX: Int32, _ y: UnsafeMutablePointer<Float>,
    _ strideY: Int32
  ) { cblas_saxpy(n, alpha, x, strideX, y, strideY) }

  public static func _axpby(
    _ n: Int32, _ alpha: Float, _ x: UnsafePointer<Float>, _ strideX: Int32, _ beta: Float,
    _ y: UnsafeMutablePointer<Float>, _ strideY: Int32
  ) { cblas_saxpby(n, alpha, x, strideX, beta, y, strideY) }

  public static func _scal(_ n: Int32, _ alpha: Float, _ x: UnsafeMutablePointer<Float>, _ strideX: Int32) {
    cblas_sscal(n, alpha, x, strideX)
  }

  public static func _copy(
    _ n: Int32, _ x: UnsafePointer<Float>, _ strideX: Int32, _ y: UnsafeMutablePointer<Float>, _ strideY: Int32
  ) { cblas_scopy(n, x, strideX, y, strideY) }

  public static func _swap(
    _ n: Int32, _ x: UnsafeMutablePointer<Float>, _ strideX: Int32, _ y: UnsafeMutablePointer<Float>, _ strideY: Int32
  ) { cblas_sswap(n, x, strideX, y, strideY) }

  public static func _gemv(
    _ transpose: BLAS.Transpose, _ m: Int32, _ n: Int32, _ alpha: Float, _ a: UnsafePointer<Float>, _ lda: Int32,
    _ x: UnsafePointer<Float>, _ strideX: Int32, _ beta: Float, _ y: UnsafeMutablePointer<Float>, _ strideY: Int32
  ) { cblas_sgemv(CblasRowMajor, transpose.code, m, n, alpha, a, lda, x, strideX, beta, y, strideY) }

  public static func _ger(
    _ m: Int32, _ n: Int32, _ alpha: Float, _ x: UnsafePointer<Float>, _ strideX: Int32, _ y: UnsafePointer<Float>,
    _ strideY: Int32, _ a: UnsafeMutablePointer<Float>, _ lda: Int32
  ) { cblas_sger(CblasRowMajor, m, n, alpha, x, strideX, y, strideY, a, lda) }

  public static func _symv(
    _ triangle: BLAS.Triangle, _ n: Int32, _ alpha: Float, _ a: UnsafePointer<Float>, _ lda: Int32,
    _ x: UnsafePointer<Float>, _ strideX: Int32, _ beta: Float, _ y: UnsafeMutablePointer<Float>, _ strideY: Int32
  ) { cblas_ssymv(CblasRowMajor, triangle.code, n, alpha, a, lda, x, strideX, beta, y, strideY) }

  public static func _trmv(
    _ triangle: BLAS.Triangle, _ transpose: BLAS.Transpose, _ diagonal: BLAS.Diagonal, _ n: Int32,
    _ a: UnsafePointer<Float>, _ lda: Int32, _ x: UnsafeMutablePointer<Float>, _ strideX: Int32
  ) { cblas_strmv(CblasRowMajor, triangle.code, transpose.code, diagonal.code, n, a, lda, x, strideX) }

  public static func _trsv(
    _ triangle: BLAS.Triangle, _ transpose: BLAS.Transpose, _ diagonal: BLAS.Diagonal, _ n: Int32,
    _ a: UnsafePointer<Float>, _ lda: Int32, _ x: UnsafeMutablePointer<Float>, _ strideX: Int32
  ) { cblas_strsv(CblasRowMajor, triangle.code, transpose.code, diagonal.code, n, a, lda, x, strideX) }

  public static func _gemm(
    _ transposeA: BLAS.Transpose, _ transposeB: BLAS.Transpose, _ m: Int32, _ n: Int32, _ k: Int32, _ alpha: Float,
    _ a: UnsafePointer<Float>, _ lda: Int32, _ b: UnsafePointer<Float>, _ ldb: Int32, _ beta: Float,
    _ c: UnsafeMutablePointer<Float>, _ ldc: Int32
  ) {
    cblas_sgemm(CblasRowMajor, transposeA.code, transposeB.code, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc)
  }

  public static func _symm(
    _ side: BLAS.Side, _ triangle: BLAS.Triangle, _ m: Int32, _ n: Int32, _ alpha: Float, _ a: UnsafePointer<Float>,
    _ lda: Int32, _ b: UnsafePointer<Float>, _ ldb: Int32, _ beta: Float, _ c: UnsafeMutablePointer<Float>, _ ldc: Int32
  ) { cblas_ssymm(CblasRowMajor, side.code, triangle.code, m, n, alpha, a, lda, b, ldb, beta, c, ldc) }

  public static func _syrk(
    _ triangle: BLAS.Triangle, _ transpose: BLAS.Transpose, _ n: Int32, _ k: Int32, _ alpha: Float,
    _ a: UnsafePointer<Float>, _ lda: Int32, _ beta: Float, _ c: UnsafeMutablePointer<Float>, _ ldc: Int32
  ) { cblas_ssyrk(CblasRowMajor, triangle.code, transpose.code, n, k, alpha, a, lda, beta, c, ldc) }

  public static func _trmm(
    _ side: BLAS.Side, _ triangle: BLAS.Triangle, _ transpose: BLAS.Transpose, _ diagonal: BLAS.Diagonal,
    _ m: Int32, _ n: Int32, _ alpha: Float, _ a: UnsafePointer<Float>, _ lda: Int32, _ b: UnsafeMutablePointer<Float>,
    _ ldb: Int32
  ) {
    cblas_strmm(
      CblasRowMajor, side.code, triangle.code, transpose.code, diagonal.code, m, n, alpha, a, lda, b, ldb)
  }

  public static func _trsm(
    _ side: BLAS.Side, _ triangle: BLAS.Triangle, _ transpose: BLAS.Transpose, _ diagonal: BLAS.Diagonal,
    _ m: Int32, _ n: Int32, _ alpha: Float, _ a: UnsafePointer<Float>, _ lda: Int32, _ b: UnsafeMutablePointer<Float>,
    _ ldb: Int32
  ) {
    cblas_strsm(
      CblasRowMajor, side.code, triangle.code, transpose.code, diagonal.code, m, n, alpha, a, lda, b, ldb)
  }
}
