/// What row-major stacks ask of a precision beyond ``LAPACKScalar``: the small kernels.
protocol LAPACKElement: LAPACKScalar {
  typealias Pointer = UnsafeMutablePointer<Self>

  static func smallLU(
    _ source: Pointer, _ a: Pointer?, _ pivots: UnsafeMutablePointer<Int32>?, _ info: UnsafeMutablePointer<Int32>,
    _ b: Pointer?, _ n: Int, _ k: Int, _ count: Int)
  static func smallSolve(
    _ lu: Pointer, _ pivots: UnsafeMutablePointer<Int32>, _ b: Pointer, _ n: Int, _ k: Int, _ count: Int,
    _ transposed: Bool)
  static func smallCholesky(_ a: Pointer, _ info: UnsafeMutablePointer<Int32>, _ n: Int, _ count: Int)
}
