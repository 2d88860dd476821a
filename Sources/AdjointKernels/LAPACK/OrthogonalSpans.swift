// QR and least squares, by span.
extension LAPACK {
  /// A = Q·R in place: R above the diagonal, Q as min(m, n) reflectors below it and in `tau`.
  public static func geqrf<Scalar: LAPACKScalar>(
    m: Int, n: Int, a: inout MutableSpan<Scalar>, lda: Int, tau: inout MutableSpan<Scalar>
  ) -> Int {
    require(matrix: "a", a.count, rows: m, columns: n, leading: lda, "geqrf")
    require(vector: "tau", tau.count, holds: min(m, n), "geqrf")
    return a.withAddress { a in
      tau.withAddress { tau in
        geqrf(m: m, n: n, a: a, lda: lda, tau: tau)
      }
    }
  }

  /// The first n columns of Q (m × n, n ≤ m) from k reflectors of `geqrf`, in place.
  public static func orgqr<Scalar: LAPACKScalar>(
    m: Int, n: Int, k: Int, a: inout MutableSpan<Scalar>, lda: Int, tau: Span<Scalar>
  ) -> Int {
    require(matrix: "a", a.count, rows: m, columns: n, leading: lda, "orgqr")
    require(vector: "tau", tau.count, holds: k, "orgqr")
    return a.withAddress { a in
      tau.withAddress { tau in
        orgqr(m: m, n: n, k: k, a: a, lda: lda, tau: tau)
      }
    }
  }

  /// C := op(Q)·C or C·op(Q) for an m × n matrix C and the Q of k reflectors of `geqrf`.
  public static func ormqr<Scalar: LAPACKScalar>(
    side: BLAS.Side, transpose: BLAS.Transpose, m: Int, n: Int, k: Int, a: Span<Scalar>, lda: Int, tau: Span<Scalar>,
    c: inout MutableSpan<Scalar>, ldc: Int
  ) -> Int {
    require(matrix: "a", a.count, rows: side == .left ? m : n, columns: k, leading: lda, "ormqr")
    require(vector: "tau", tau.count, holds: k, "ormqr")
    require(matrix: "c", c.count, rows: m, columns: n, leading: ldc, "ormqr")
    return a.withAddress { a in
      tau.withAddress { tau in
        c.withAddress { c in
          ormqr(side: side, transpose: transpose, m: m, n: n, k: k, a: a, lda: lda, tau: tau, c: c, ldc: ldc)
        }
      }
    }
  }

  /// The X of least norm that minimises ‖A·X − B‖, by a complete orthogonal factorisation, and the rank of A.
  ///
  /// B has max(m, n) rows and nrhs columns, and holds X afterwards. `pivots` holds n numbers: 0 lets a column move.
  /// Directions with a condition worse than 1/rcond count as zero.
  public static func gelsy<Scalar: LAPACKScalar>(
    m: Int, n: Int, nrhs: Int, a: inout MutableSpan<Scalar>, lda: Int, b: inout MutableSpan<Scalar>, ldb: Int,
    pivots: inout MutableSpan<Int32>, rcond: Scalar
  ) -> (info: Int, rank: Int) {
    require(matrix: "a", a.count, rows: m, columns: n, leading: lda, "gelsy")
    require(matrix: "b", b.count, rows: max(m, n), columns: nrhs, leading: ldb, "gelsy")
    require(vector: "pivots", pivots.count, holds: n, "gelsy")
    return a.withAddress { a in
      b.withAddress { b in
        pivots.withAddress { pivots in
          gelsy(m: m, n: n, nrhs: nrhs, a: a, lda: lda, b: b, ldb: ldb, pivots: pivots, rcond: rcond)
        }
      }
    }
  }

  /// As `gelsy`, by the singular values, which `s` (min(m, n)) holds afterwards: those below rcond·s₁ count as zero;
  /// a negative rcond means machine precision. `info` > 0: so many did not converge.
  public static func gelsd<Scalar: LAPACKScalar>(
    m: Int, n: Int, nrhs: Int, a: inout MutableSpan<Scalar>, lda: Int, b: inout MutableSpan<Scalar>, ldb: Int,
    s: inout MutableSpan<Scalar>, rcond: Scalar
  ) -> (info: Int, rank: Int) {
    require(matrix: "a", a.count, rows: m, columns: n, leading: lda, "gelsd")
    require(matrix: "b", b.count, rows: max(m, n), columns: nrhs, leading: ldb, "gelsd")
    require(vector: "s", s.count, holds: min(m, n), "gelsd")
    return a.withAddress { a in
      b.withAddress { b in
        s.withAddress { s in
          gelsd(m: m, n: n, nrhs: nrhs, a: a, lda: lda, b: b, ldb: ldb, s: s, rcond: rcond)
        }
      }
    }
  }
}
