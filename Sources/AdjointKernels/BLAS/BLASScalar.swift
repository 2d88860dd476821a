/// The element types of BLAS and LAPACK: `Float` and `Double`, and no other.
///
/// The requirements are CBLAS's own calls, one for one: how the generic wrappers in `BLAS` reach the routine of the
/// right precision. They check nothing; call the wrappers instead.
public protocol BLASScalar: BinaryFloatingPoint, BitwiseCopyable, Sendable {
  static func _dot(
    _ n: Int32, _ x: UnsafePointer<Self>, _ strideX: Int32, _ y: UnsafePointer<Self>, _ strideY: Int32
  ) -> Self
  static func _nrm2(_ n: Int32, _ x: UnsafePointer<Self>, _ strideX: Int32) -> Self
  static func _asum(_ n: Int32, _ x: UnsafePointer<Self>, _ strideX: Int32) -> Self
  static func _iamax(_ n: Int32, _ x: UnsafePointer<Self>, _ strideX: Int32) -> Int
  static func _axpy(
    _ n: Int32, _ alpha: Self, _ x: UnsafePointer<Self>, _ strideX: Int32, _ y: UnsafeMutablePointer<Self>,
    _ strideY: Int32
  )
  static func _axpby(
    _ n: Int32, _ alpha: Self, _ x: UnsafePointer<Self>, _ strideX: Int32, _ beta: Self,
    _ y: UnsafeMutablePointer<Self>, _ strideY: Int32
  )
  static func _scal(_ n: Int32, _ alpha: Self, _ x: UnsafeMutablePointer<Self>, _ strideX: Int32)
  static func _copy(
    _ n: Int32, _ x: UnsafePointer<Self>, _ strideX: Int32, _ y: UnsafeMutablePointer<Self>, _ strideY: Int32
  )
  static func _swap(
    _ n: Int32, _ x: UnsafeMutablePointer<Self>, _ strideX: Int32, _ y: UnsafeMutablePointer<Self>, _ strideY: Int32
  )
  static func _gemv(
    _ transpose: BLAS.Transpose, _ m: Int32, _ n: Int32, _ alpha: Self, _ a: UnsafePointer<Self>, _ lda: Int32,
    _ x: UnsafePointer<Self>, _ strideX: Int32, _ beta: Self, _ y: UnsafeMutablePointer<Self>, _ strideY: Int32
  )
  static func _ger(
    _ m: Int32, _ n: Int32, _ alpha: Self, _ x: UnsafePointer<Self>, _ strideX: Int32, _ y: UnsafePointer<Self>,
    _ strideY: Int32, _ a: UnsafeMutablePointer<Self>, _ lda: Int32
  )
  static func _symv(
    _ triangle: BLAS.Triangle, _ n: Int32, _ alpha: Self, _ a: UnsafePointer<Self>, _ lda: Int32,
    _ x: UnsafePointer<Self>, _ strideX: Int32, _ beta: Self, _ y: UnsafeMutablePointer<Self>, _ strideY: Int32
  )
  static func _trmv(
    _ triangle: BLAS.Triangle, _ transpose: BLAS.Transpose, _ diagonal: BLAS.Diagonal, _ n: Int32,
    _ a: UnsafePointer<Self>, _ lda: Int32, _ x: UnsafeMutablePointer<Self>, _ strideX: Int32
  )
  static func _trsv(
    _ triangle: BLAS.Triangle, _ transpose: BLAS.Transpose, _ diagonal: BLAS.Diagonal, _ n: Int32,
    _ a: UnsafePointer<Self>, _ lda: Int32, _ x: UnsafeMutablePointer<Self>, _ strideX: Int32
  )
  static func _gemm(
    _ transposeA: BLAS.Transpose, _ transposeB: BLAS.Transpose, _ m: Int32, _ n: Int32, _ k: Int32, _ alpha: Self,
    _ a: UnsafePointer<Self>, _ lda: Int32, _ b: UnsafePointer<Self>, _ ldb: Int32, _ beta: Self,
    _ c: UnsafeMutablePointer<Self>, _ ldc: Int32
  )
  static func _symm(
    _ side: BLAS.Side, _ triangle: BLAS.Triangle, _ m: Int32, _ n: Int32, _ alpha: Self, _ a: UnsafePointer<Self>,
    _ lda: Int32, _ b: UnsafePointer<Self>, _ ldb: Int32, _ beta: Self, _ c: UnsafeMutablePointer<Self>, _ ldc: Int32
  )
  static func _syrk(
    _ triangle: BLAS.Triangle, _ transpose: BLAS.Transpose, _ n: Int32, _ k: Int32, _ alpha: Self,
    _ a: UnsafePointer<Self>, _ lda: Int32, _ beta: Self, _ c: UnsafeMutablePointer<Self>, _ ldc: Int32
  )
  static func _trmm(
    _ side: BLAS.Side, _ triangle: BLAS.Triangle, _ transpose: BLAS.Transpose, _ diagonal: BLAS.Diagonal,
    _ m: Int32, _ n: Int32, _ alpha: Self, _ a: UnsafePointer<Self>, _ lda: Int32, _ b: UnsafeMutablePointer<Self>,
    _ ldb: Int32
  )
  static func _trsm(
    _ side: BLAS.Side, _ triangle: BLAS.Triangle, _ transpose: BLAS.Transpose, _ diagonal: BLAS.Diagonal,
    _ m: Int32, _ n: Int32, _ alpha: Self, _ a: UnsafePointer<Self>, _ lda: Int32, _ b: UnsafeMutablePointer<Self>,
    _ ldb: Int32
  )
}
