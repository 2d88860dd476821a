// LU, Cholesky and triangular systems, by span.
extension LAPACK {
  /// A = P·L·U in place, with row exchanges; `pivots` holds min(m, n) row numbers from 1. `info` > 0: that pivot is 0.
  public static func getrf<Scalar: LAPACKScalar>(
    m: Int, n: Int, a: inout MutableSpan<Scalar>, lda: Int, pivots: inout MutableSpan<Int32>
  ) -> Int {
    require(matrix: "a", a.count, rows: m, columns: n, leading: lda, "getrf")
    require(vector: "pivots", pivots.count, holds: min(m, n), "getrf")
    return a.withAddress { a in
      pivots.withAddress { pivots in
        getrf(m: m, n: n, a: a, lda: lda, pivots: pivots)
      }
    }
  }

  /// B := op(A)⁻¹·B from the factors of `getrf`; B is n × nrhs.
  public static func getrs<Scalar: LAPACKScalar>(
    transpose: BLAS.Transpose = .no, n: Int, nrhs: Int, a: Span<Scalar>, lda: Int, pivots: Span<Int32>,
    b: inout MutableSpan<Scalar>, ldb: Int
  ) -> Int {
    require(matrix: "a", a.count, rows: n, columns: n, leading: lda, "getrs")
    require(pivots: pivots, n: n, "getrs")
    require(matrix: "b", b.count, rows: n, columns: nrhs, leading: ldb, "getrs")
    return a.withAddress { a in
      pivots.withAddress { pivots in
        b.withAddress { b in
          getrs(transpose: transpose, n: n, nrhs: nrhs, a: a, lda: lda, pivots: pivots, b: b, ldb: ldb)
        }
      }
    }
  }

  /// A := A⁻¹ from the factors of `getrf`. `info` > 0: that pivot is 0.
  public static func getri<Scalar: LAPACKScalar>(
    n: Int, a: inout MutableSpan<Scalar>, lda: Int, pivots: Span<Int32>
  ) -> Int {
    require(matrix: "a", a.count, rows: n, columns: n, leading: lda, "getri")
    require(pivots: pivots, n: n, "getri")
    return a.withAddress { a in
      pivots.withAddress { pivots in
        getri(n: n, a: a, lda: lda, pivots: pivots)
      }
    }
  }

  /// The Cholesky factor of a symmetric A, in place in one triangle: A = Uᵀ·U or L·Lᵀ. The other triangle is left.
  /// `info` > 0: the leading block of that order is not positive definite.
  public static func potrf<Scalar: LAPACKScalar>(
    triangle: BLAS.Triangle, n: Int, a: inout MutableSpan<Scalar>, lda: Int
  ) -> Int {
    require(matrix: "a", a.count, rows: n, columns: n, leading: lda, "potrf")
    return a.withAddress { a in
      potrf(triangle: triangle, n: n, a: a, lda: lda)
    }
  }

  /// B := A⁻¹·B from the factor of `potrf`; B is n × nrhs.
  public static func potrs<Scalar: LAPACKScalar>(
    triangle: BLAS.Triangle, n: Int, nrhs: Int, a: Span<Scalar>, lda: Int, b: inout MutableSpan<Scalar>, ldb: Int
  ) -> Int {
    require(matrix: "a", a.count, rows: n, columns: n, leading: lda, "potrs")
    require(matrix: "b", b.count, rows: n, columns: nrhs, leading: ldb, "potrs")
    return a.withAddress { a in
      b.withAddress { b in
        potrs(triangle: triangle, n: n, nrhs: nrhs, a: a, lda: lda, b: b, ldb: ldb)
      }
    }
  }

  /// One triangle of A⁻¹ from the factor of `potrf`.
  public static func potri<Scalar: LAPACKScalar>(
    triangle: BLAS.Triangle, n: Int, a: inout MutableSpan<Scalar>, lda: Int
  ) -> Int {
    require(matrix: "a", a.count, rows: n, columns: n, leading: lda, "potri")
    return a.withAddress { a in
      potri(triangle: triangle, n: n, a: a, lda: lda)
    }
  }

  /// B := op(A)⁻¹·B for a triangular A; B is n × nrhs. `info` > 0: that diagonal element is 0, and B is as it was.
  public static func trtrs<Scalar: LAPACKScalar>(
    triangle: BLAS.Triangle, transpose: BLAS.Transpose = .no, diagonal: BLAS.Diagonal = .stored, n: Int, nrhs: Int,
    a: Span<Scalar>, lda: Int, b: inout MutableSpan<Scalar>, ldb: Int
  ) -> Int {
    require(matrix: "a", a.count, rows: n, columns: n, leading: lda, "trtrs")
    require(matrix: "b", b.count, rows: n, columns: nrhs, leading: ldb, "trtrs")
    return a.withAddress { a in
      b.withAddress { b in
        trtrs(
          triangle: triangle, transpose: transpose, diagonal: diagonal, n: n, nrhs: nrhs, a: a, lda: lda, b: b, ldb: ldb
        )
      }
    }
  }

  /// A norm of an m × n matrix.
  public static func lange<Scalar: LAPACKScalar>(
    norm: Norm, m: Int, n: Int, a: Span<Scalar>, lda: Int
  ) -> Scalar {
    require(matrix: "a", a.count, rows: m, columns: n, leading: lda, "lange")
    return a.withAddress { a in
      lange(norm: norm, m: m, n: n, a: a, lda: lda)
    }
  }

  /// An estimate of 1/(‖A‖·‖A⁻¹‖) from the factors of `getrf` and the norm of A before it was factored.
  public static func gecon<Scalar: LAPACKScalar>(
    norm: Norm, n: Int, a: Span<Scalar>, lda: Int, anorm: Scalar
  ) -> (info: Int, rcond: Scalar) {
    require(matrix: "a", a.count, rows: n, columns: n, leading: lda, "gecon")
    return a.withAddress { a in
      gecon(norm: norm, n: n, a: a, lda: lda, anorm: anorm)
    }
  }
}
