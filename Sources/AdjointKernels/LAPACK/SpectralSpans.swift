// Singular values and eigenvalues, by span.
extension LAPACK {
  /// A = U·diag(s)·Vᵀ by divide and conquer; destroys A. `info` > 0: it did not converge.
  ///
  /// `s` holds min(m, n) values in descending order, `u` and `vt` what `vectors` asks for; they may be empty for none.
  public static func gesdd<Scalar: LAPACKScalar>(
    vectors: SingularVectors, m: Int, n: Int, a: inout MutableSpan<Scalar>, lda: Int, s: inout MutableSpan<Scalar>,
    u: inout MutableSpan<Scalar>, ldu: Int, vt: inout MutableSpan<Scalar>, ldvt: Int
  ) -> Int {
    require(matrix: "a", a.count, rows: m, columns: n, leading: lda, "gesdd")
    require(vector: "s", s.count, holds: min(m, n), "gesdd")
    require(
      matrix: "u", u.count, rows: vectors == .none ? 0 : m,
      columns: vectors == .none ? 0 : vectors == .thin ? min(m, n) : m, leading: ldu, "gesdd")
    require(
      matrix: "vt", vt.count, rows: vectors == .none ? 0 : vectors == .thin ? min(m, n) : n,
      columns: vectors == .none ? 0 : n, leading: ldvt, "gesdd")
    return a.withAddress { a in
      s.withAddress { s in
        u.withAddress { u in
          vt.withAddress { vt in
            gesdd(vectors: vectors, m: m, n: n, a: a, lda: lda, s: s, u: u, ldu: ldu, vt: vt, ldvt: ldvt)
          }
        }
      }
    }
  }

  /// As `gesdd`, by QR iteration: slower, and it converges on some matrices where divide and conquer does not.
  public static func gesvd<Scalar: LAPACKScalar>(
    vectors: SingularVectors, m: Int, n: Int, a: inout MutableSpan<Scalar>, lda: Int, s: inout MutableSpan<Scalar>,
    u: inout MutableSpan<Scalar>, ldu: Int, vt: inout MutableSpan<Scalar>, ldvt: Int
  ) -> Int {
    require(matrix: "a", a.count, rows: m, columns: n, leading: lda, "gesvd")
    require(vector: "s", s.count, holds: min(m, n), "gesvd")
    require(
      matrix: "u", u.count, rows: vectors == .none ? 0 : m,
      columns: vectors == .none ? 0 : vectors == .thin ? min(m, n) : m, leading: ldu, "gesvd")
    require(
      matrix: "vt", vt.count, rows: vectors == .none ? 0 : vectors == .thin ? min(m, n) : n,
      columns: vectors == .none ? 0 : n, leading: ldvt, "gesvd")
    return a.withAddress { a in
      s.withAddress { s in
        u.withAddress { u in
          vt.withAddress { vt in
            gesvd(vectors: vectors, m: m, n: n, a: a, lda: lda, s: s, u: u, ldu: ldu, vt: vt, ldvt: ldvt)
          }
        }
      }
    }
  }

  /// `gesdd`, and `gesvd` on what A was where that does not converge.
  public static func singularValues<Scalar: LAPACKScalar>(
    vectors: SingularVectors, m: Int, n: Int, a: inout MutableSpan<Scalar>, lda: Int, s: inout MutableSpan<Scalar>,
    u: inout MutableSpan<Scalar>, ldu: Int, vt: inout MutableSpan<Scalar>, ldvt: Int
  ) -> Int {
    require(matrix: "a", a.count, rows: m, columns: n, leading: lda, "singularValues")
    require(vector: "s", s.count, holds: min(m, n), "singularValues")
    require(
      matrix: "u", u.count, rows: vectors == .none ? 0 : m,
      columns: vectors == .none ? 0 : vectors == .thin ? min(m, n) : m, leading: ldu, "singularValues")
    require(
      matrix: "vt", vt.count, rows: vectors == .none ? 0 : vectors == .thin ? min(m, n) : n,
      columns: vectors == .none ? 0 : n, leading: ldvt, "singularValues")
    return a.withAddress { a in
      s.withAddress { s in
        u.withAddress { u in
          vt.withAddress { vt in
            singularValues(vectors: vectors, m: m, n: n, a: a, lda: lda, s: s, u: u, ldu: ldu, vt: vt, ldvt: ldvt)
          }
        }
      }
    }
  }

  /// The eigenvalues of a symmetric A in ascending order in `w`; with `vectors`, A holds the eigenvectors afterwards.
  /// `info` > 0: it did not converge.
  public static func syevd<Scalar: LAPACKScalar>(
    vectors: Bool, triangle: BLAS.Triangle, n: Int, a: inout MutableSpan<Scalar>, lda: Int, w: inout MutableSpan<Scalar>
  ) -> Int {
    require(matrix: "a", a.count, rows: n, columns: n, leading: lda, "syevd")
    require(vector: "w", w.count, holds: n, "syevd")
    return a.withAddress { a in
      w.withAddress { w in
        syevd(vectors: vectors, triangle: triangle, n: n, a: a, lda: lda, w: w)
      }
    }
  }

  /// The eigenvalues wr + i·wi of a general A, and its left and right eigenvectors where they are asked for; destroys A.
  ///
  /// A complex pair takes two columns of `vl` and `vr`: the real and the imaginary parts of the first of the two.
  /// `info` > 0: only the values after that one converged.
  public static func geev<Scalar: LAPACKScalar>(
    n: Int, a: inout MutableSpan<Scalar>, lda: Int, wr: inout MutableSpan<Scalar>, wi: inout MutableSpan<Scalar>,
    computesLeft: Bool, vl: inout MutableSpan<Scalar>, ldvl: Int, computesRight: Bool, vr: inout MutableSpan<Scalar>,
    ldvr: Int
  ) -> Int {
    require(matrix: "a", a.count, rows: n, columns: n, leading: lda, "geev")
    require(vector: "wr", wr.count, holds: n, "geev")
    require(vector: "wi", wi.count, holds: n, "geev")
    require(matrix: "vl", vl.count, rows: computesLeft ? n : 0, columns: n, leading: ldvl, "geev")
    require(matrix: "vr", vr.count, rows: computesRight ? n : 0, columns: n, leading: ldvr, "geev")
    return a.withAddress { a in
      wr.withAddress { wr in
        wi.withAddress { wi in
          vl.withAddress { vl in
            vr.withAddress { vr in
              geev(
                n: n, a: a, lda: lda, wr: wr, wi: wi, vl: computesLeft ? vl : nil, ldvl: ldvl,
                vr: computesRight ? vr : nil, ldvr: ldvr)
            }
          }
        }
      }
    }
  }
}
