import COpenBLAS

// QR and least squares.
extension LAPACK {
  /// A = Q·R in place: R above the diagonal, Q as min(m, n) reflectors below it and in `tau`.
  package static func geqrf<Scalar: LAPACKScalar>(
    m: Int, n: Int, a: UnsafeMutablePointer<Scalar>, lda: Int, tau: UnsafeMutablePointer<Scalar>
  ) -> Int {
    withWorkspace(Scalar.self, "LAPACK.geqrf") { work, length in
      OpenBLAS.call {
        Scalar._lapack.geqrf(
          LAPACK_COL_MAJOR, whole(m, "LAPACK.geqrf"), whole(n, "LAPACK.geqrf"), a, whole(lda, "LAPACK.geqrf"), tau,
          work,
          length)
      }
    }
  }

  /// The first n columns of Q (m × n, n ≤ m) from k reflectors of `geqrf`, in place.
  package static func orgqr<Scalar: LAPACKScalar>(
    m: Int, n: Int, k: Int, a: UnsafeMutablePointer<Scalar>, lda: Int, tau: UnsafePointer<Scalar>
  ) -> Int {
    withWorkspace(Scalar.self, "LAPACK.orgqr") { work, length in
      OpenBLAS.call {
        Scalar._lapack.orgqr(
          LAPACK_COL_MAJOR, whole(m, "LAPACK.orgqr"), whole(n, "LAPACK.orgqr"), whole(k, "LAPACK.orgqr"), a,
          whole(lda, "LAPACK.orgqr"),
          tau, work, length)
      }
    }
  }

  /// C := op(Q)·C or C·op(Q) for an m × n matrix C and the Q of k reflectors of `geqrf`.
  package static func ormqr<Scalar: LAPACKScalar>(
    side: BLAS.Side, transpose: BLAS.Transpose, m: Int, n: Int, k: Int, a: UnsafePointer<Scalar>, lda: Int,
    tau: UnsafePointer<Scalar>, c: UnsafeMutablePointer<Scalar>, ldc: Int
  ) -> Int {
    withWorkspace(Scalar.self, "LAPACK.ormqr") { work, length in
      OpenBLAS.call {
        Scalar._lapack.ormqr(
          LAPACK_COL_MAJOR, code(side), code(transpose), whole(m, "LAPACK.ormqr"), whole(n, "LAPACK.ormqr"),
          whole(k, "LAPACK.ormqr"), a,
          whole(lda, "LAPACK.ormqr"), tau, c, whole(ldc, "LAPACK.ormqr"), work, length)
      }
    }
  }

  /// The X of least norm that minimises ‖A·X − B‖, by a complete orthogonal factorisation, and the rank of A.
  ///
  /// B has max(m, n) rows and nrhs columns, and holds X afterwards. `pivots` holds n numbers: 0 lets a column move.
  /// Directions with a condition worse than 1/rcond count as zero.
  package static func gelsy<Scalar: LAPACKScalar>(
    m: Int, n: Int, nrhs: Int, a: UnsafeMutablePointer<Scalar>, lda: Int, b: UnsafeMutablePointer<Scalar>, ldb: Int,
    pivots: UnsafeMutablePointer<Int32>, rcond: Scalar
  ) -> (info: Int, rank: Int) {
    var rank: Int32 = 0
    let info = withWorkspace(Scalar.self, "LAPACK.gelsy") { work, length in
      OpenBLAS.call {
        Scalar._lapack.gelsy(
          LAPACK_COL_MAJOR, whole(m, "LAPACK.gelsy"), whole(n, "LAPACK.gelsy"), whole(nrhs, "LAPACK.gelsy"), a,
          whole(lda, "LAPACK.gelsy"), b, whole(ldb, "LAPACK.gelsy"), pivots, rcond, &rank, work, length)
      }
    }
    return (info, Int(rank))
  }

  /// As `gelsy`, by the singular values, which `s` (min(m, n)) holds afterwards: those below rcond·s₁ count as zero;
  /// a negative rcond means machine precision. `info` > 0: so many did not converge.
  package static func gelsd<Scalar: LAPACKScalar>(
    m: Int, n: Int, nrhs: Int, a: UnsafeMutablePointer<Scalar>, lda: Int, b: UnsafeMutablePointer<Scalar>, ldb: Int,
    s: UnsafeMutablePointer<Scalar>, rcond: Scalar
  ) -> (info: Int, rank: Int) {
    var rank: Int32 = 0
    var wanted: Int32 = 0
    var space: Scalar = 0
    func call(_ work: UnsafeMutablePointer<Scalar>, _ length: Int32, _ integers: UnsafeMutablePointer<Int32>) -> Int32 {
      OpenBLAS.call {
        Scalar._lapack.gelsd(
          LAPACK_COL_MAJOR, whole(m, "LAPACK.gelsd"), whole(n, "LAPACK.gelsd"), whole(nrhs, "LAPACK.gelsd"), a,
          whole(lda, "LAPACK.gelsd"), b, whole(ldb, "LAPACK.gelsd"), s, rcond, &rank, work, length, integers)
      }
    }
    let query = call(&space, -1, &wanted)
    guard query == 0 else { return (Int(query), 0) }
    let info = withIntegers(Int(wanted)) { integers in
      withWorkspace(Scalar.self, "LAPACK.gelsd") { work, length in call(work, length, integers) }
    }
    return (info, Int(rank))
  }
}
