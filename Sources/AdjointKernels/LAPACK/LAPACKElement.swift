/// What row-major stacks ask of a precision beyond ``LAPACKScalar``: the LQ factorisation, and the small kernels.
protocol LAPACKElement: LAPACKScalar {
  typealias Pointer = UnsafeMutablePointer<Self>

  static func _gelqf(
    _ m: Int32, _ n: Int32, _ a: Pointer, _ lda: Int32, _ tau: Pointer, _ work: Pointer, _ lwork: Int32
  ) -> Int32
  static func _orglq(
    _ m: Int32, _ n: Int32, _ k: Int32, _ a: Pointer, _ lda: Int32, _ tau: Pointer, _ work: Pointer, _ lwork: Int32
  ) -> Int32
  static func smallLU(
    _ source: Pointer, _ a: Pointer, _ pivots: UnsafeMutablePointer<Int32>, _ info: UnsafeMutablePointer<Int32>,
    _ n: Int,
    _ count: Int)
  static func smallSolve(
    _ lu: Pointer, _ pivots: UnsafeMutablePointer<Int32>, _ b: Pointer, _ n: Int, _ k: Int, _ count: Int,
    _ transposed: Bool)
  static func smallCholesky(_ a: Pointer, _ info: UnsafeMutablePointer<Int32>, _ n: Int, _ count: Int)
}

extension LAPACK {
  /// A = L·Q for an m × n matrix: L below the diagonal, reflectors above it.
  static func gelqf<Scalar: LAPACKElement>(
    m: Int, n: Int, a: UnsafeMutablePointer<Scalar>, lda: Int, tau: UnsafeMutablePointer<Scalar>
  ) -> Int {
    withWorkspace(Scalar.self, "LAPACK.gelqf") { work, length in
      Scalar._gelqf(
        whole(m, "LAPACK.gelqf"), whole(n, "LAPACK.gelqf"), a, whole(lda, "LAPACK.gelqf"), tau, work, length)
    }
  }

  /// The first m rows of Q (m × n, m ≤ n) from k reflectors of `gelqf`, in place.
  static func orglq<Scalar: LAPACKElement>(
    m: Int, n: Int, k: Int, a: UnsafeMutablePointer<Scalar>, lda: Int, tau: UnsafeMutablePointer<Scalar>
  ) -> Int {
    withWorkspace(Scalar.self, "LAPACK.orglq") { work, length in
      Scalar._orglq(
        whole(m, "LAPACK.orglq"), whole(n, "LAPACK.orglq"), whole(k, "LAPACK.orglq"), a, whole(lda, "LAPACK.orglq"),
        tau, work, length)
    }
  }
}
