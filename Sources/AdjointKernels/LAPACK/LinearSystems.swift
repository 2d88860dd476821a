import COpenBLAS

// LU, Cholesky and triangular systems.
extension LAPACK {
  /// A = P·L·U in place, with row exchanges; `pivots` holds min(m, n) row numbers from 1. `info` > 0: that pivot is 0.
  package static func getrf<Scalar: LAPACKScalar>(
    m: Int, n: Int, a: UnsafeMutablePointer<Scalar>, lda: Int, pivots: UnsafeMutablePointer<Int32>
  ) -> Int {
    let (rows, columns, leading) = (whole(m, "LAPACK.getrf"), whole(n, "LAPACK.getrf"), whole(lda, "LAPACK.getrf"))
    func factor() -> Int {
      Int(OpenBLAS.call { Scalar._lapack.getrf(LAPACK_COL_MAJOR, rows, columns, a, leading, pivots) })
    }
    // With threads, which it takes for larger matrices, OpenBLAS's recursion needs half a mebibyte of stack at each level.
    if m * n < 2_500 { return factor() }
    var info = 0
    StackRoom.with(6 << 20, "LAPACK.getrf") { info = factor() }
    return info
  }

  /// B := op(A)⁻¹·B from the factors of `getrf`; B is n × nrhs.
  package static func getrs<Scalar: LAPACKScalar>(
    transpose: BLAS.Transpose = .no, n: Int, nrhs: Int, a: UnsafePointer<Scalar>, lda: Int,
    pivots: UnsafePointer<Int32>, b: UnsafeMutablePointer<Scalar>, ldb: Int
  ) -> Int {
    Int(
      OpenBLAS.call {
        Scalar._lapack.getrs(
          LAPACK_COL_MAJOR, code(transpose), whole(n, "LAPACK.getrs"), whole(nrhs, "LAPACK.getrs"), a,
          whole(lda, "LAPACK.getrs"), pivots,
          b, whole(ldb, "LAPACK.getrs"))
      })
  }

  /// A := A⁻¹ from the factors of `getrf`. `info` > 0: that pivot is 0.
  package static func getri<Scalar: LAPACKScalar>(
    n: Int, a: UnsafeMutablePointer<Scalar>, lda: Int, pivots: UnsafePointer<Int32>
  ) -> Int {
    withWorkspace(Scalar.self, "LAPACK.getri") { work, length in
      OpenBLAS.call {
        Scalar._lapack.getri(
          LAPACK_COL_MAJOR, whole(n, "LAPACK.getri"), a, whole(lda, "LAPACK.getri"), pivots, work, length)
      }
    }
  }

  /// The Cholesky factor of a symmetric A, in place in one triangle: A = Uᵀ·U or L·Lᵀ. The other triangle is left.
  /// `info` > 0: the leading block of that order is not positive definite.
  package static func potrf<Scalar: LAPACKScalar>(
    triangle: BLAS.Triangle, n: Int, a: UnsafeMutablePointer<Scalar>, lda: Int
  ) -> Int {
    Int(
      OpenBLAS.call {
        Scalar._lapack.potrf(LAPACK_COL_MAJOR, code(triangle), whole(n, "LAPACK.potrf"), a, whole(lda, "LAPACK.potrf"))
      })
  }

  /// B := A⁻¹·B from the factor of `potrf`; B is n × nrhs.
  package static func potrs<Scalar: LAPACKScalar>(
    triangle: BLAS.Triangle, n: Int, nrhs: Int, a: UnsafePointer<Scalar>, lda: Int, b: UnsafeMutablePointer<Scalar>,
    ldb: Int
  ) -> Int {
    Int(
      OpenBLAS.call {
        Scalar._lapack.potrs(
          LAPACK_COL_MAJOR, code(triangle), whole(n, "LAPACK.potrs"), whole(nrhs, "LAPACK.potrs"), a,
          whole(lda, "LAPACK.potrs"), b,
          whole(ldb, "LAPACK.potrs"))
      })
  }

  /// One triangle of A⁻¹ from the factor of `potrf`.
  package static func potri<Scalar: LAPACKScalar>(
    triangle: BLAS.Triangle, n: Int, a: UnsafeMutablePointer<Scalar>, lda: Int
  ) -> Int {
    Int(
      OpenBLAS.call {
        Scalar._lapack.potri(LAPACK_COL_MAJOR, code(triangle), whole(n, "LAPACK.potri"), a, whole(lda, "LAPACK.potri"))
      })
  }

  /// B := op(A)⁻¹·B for a triangular A; B is n × nrhs. `info` > 0: that diagonal element is 0, and B is as it was.
  package static func trtrs<Scalar: LAPACKScalar>(
    triangle: BLAS.Triangle, transpose: BLAS.Transpose = .no, diagonal: BLAS.Diagonal = .stored, n: Int, nrhs: Int,
    a: UnsafePointer<Scalar>, lda: Int, b: UnsafeMutablePointer<Scalar>, ldb: Int
  ) -> Int {
    Int(
      OpenBLAS.call {
        Scalar._lapack.trtrs(
          LAPACK_COL_MAJOR, code(triangle), code(transpose), code(diagonal), whole(n, "LAPACK.trtrs"),
          whole(nrhs, "LAPACK.trtrs"), a,
          whole(lda, "LAPACK.trtrs"), b, whole(ldb, "LAPACK.trtrs"))
      })
  }

  /// A norm of an m × n matrix.
  package static func lange<Scalar: LAPACKScalar>(
    norm: Norm, m: Int, n: Int, a: UnsafePointer<Scalar>, lda: Int
  ) -> Scalar {
    let work = Buffer(byteCount: max(1, m) * MemoryLayout<Scalar>.stride)
    defer { withExtendedLifetime(work) {} }
    return OpenBLAS.call {
      Scalar._lapack.lange(
        LAPACK_COL_MAJOR, norm.code, whole(m, "LAPACK.lange"), whole(n, "LAPACK.lange"), a, whole(lda, "LAPACK.lange"),
        work.baseAddress.bindMemory(to: Scalar.self, capacity: max(1, m)))
    }
  }

  /// An estimate of 1/(‖A‖·‖A⁻¹‖) from the factors of `getrf` and the norm of A before it was factored.
  package static func gecon<Scalar: LAPACKScalar>(
    norm: Norm, n: Int, a: UnsafePointer<Scalar>, lda: Int, anorm: Scalar
  ) -> (info: Int, rcond: Scalar) {
    var rcond: Scalar = 0
    let work = Buffer(byteCount: max(1, 4 * n) * MemoryLayout<Scalar>.stride)
    let info = withIntegers(n) { integers in
      Int(
        OpenBLAS.call {
          Scalar._lapack.gecon(
            LAPACK_COL_MAJOR, norm.code, whole(n, "LAPACK.gecon"), a, whole(lda, "LAPACK.gecon"), anorm, &rcond,
            work.baseAddress.bindMemory(to: Scalar.self, capacity: max(1, 4 * n)), integers)
        })
    }
    withExtendedLifetime(work) {}
    return (info, rcond)
  }
}
