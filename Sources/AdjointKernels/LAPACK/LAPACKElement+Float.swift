import CKernels

extension Float: LAPACKElement {
  static func smallLU(
    _ source: Pointer, _ a: Pointer?, _ pivots: UnsafeMutablePointer<Int32>?, _ info: UnsafeMutablePointer<Int32>,
    _ b: Pointer?, _ n: Int, _ k: Int, _ count: Int
  ) {
    ck_small_lu_f32(source, a, pivots, info, b, Int64(n), Int64(k), Int64(count))
  }

  static func smallSolve(
    _ lu: Pointer, _ pivots: UnsafeMutablePointer<Int32>, _ b: Pointer, _ n: Int, _ k: Int, _ count: Int,
    _ transposed: Bool
  ) {
    ck_small_lu_solve_f32(lu, pivots, b, Int64(n), Int64(k), Int64(count), transposed ? 1 : 0)
  }

  static func smallCholesky(_ a: Pointer, _ info: UnsafeMutablePointer<Int32>, _ n: Int, _ count: Int) {
    ck_small_cholesky_f32(a, info, Int64(n), Int64(count))
  }
}
