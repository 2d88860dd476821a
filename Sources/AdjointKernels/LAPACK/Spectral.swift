import COpenBLAS

// Singular values and eigenvalues.
extension LAPACK {
  /// A = U·diag(s)·Vᵀ by divide and conquer; destroys A. `info` > 0: it did not converge.
  ///
  /// `s` holds min(m, n) values in descending order, `u` and `vt` what `vectors` asks for; they may be nil for none.
  package static func gesdd<Scalar: LAPACKScalar>(
    vectors: SingularVectors, m: Int, n: Int, a: UnsafeMutablePointer<Scalar>, lda: Int,
    s: UnsafeMutablePointer<Scalar>, u: UnsafeMutablePointer<Scalar>?, ldu: Int, vt: UnsafeMutablePointer<Scalar>?,
    ldvt: Int
  ) -> Int {
    withIntegers(8 * min(m, n)) { integers in
      withWorkspace(Scalar.self, "LAPACK.gesdd") { work, length in
        OpenBLAS.call {
          Scalar._lapack.gesdd(
            LAPACK_COL_MAJOR, vectors.code, whole(m, "LAPACK.gesdd"), whole(n, "LAPACK.gesdd"), a,
            whole(lda, "LAPACK.gesdd"), s, u,
            whole(ldu, "LAPACK.gesdd"), vt, whole(ldvt, "LAPACK.gesdd"), work, length, integers)
        }
      }
    }
  }

  /// As `gesdd`, by QR iteration: slower, and it converges on some matrices where divide and conquer does not.
  package static func gesvd<Scalar: LAPACKScalar>(
    vectors: SingularVectors, m: Int, n: Int, a: UnsafeMutablePointer<Scalar>, lda: Int,
    s: UnsafeMutablePointer<Scalar>, u: UnsafeMutablePointer<Scalar>?, ldu: Int, vt: UnsafeMutablePointer<Scalar>?,
    ldvt: Int
  ) -> Int {
    withWorkspace(Scalar.self, "LAPACK.gesvd") { work, length in
      OpenBLAS.call {
        Scalar._lapack.gesvd(
          LAPACK_COL_MAJOR, vectors.code, vectors.code, whole(m, "LAPACK.gesvd"), whole(n, "LAPACK.gesvd"), a,
          whole(lda, "LAPACK.gesvd"),
          s, u, whole(ldu, "LAPACK.gesvd"), vt, whole(ldvt, "LAPACK.gesvd"), work, length)
      }
    }
  }

  /// `gesdd`, and `gesvd` on what A was where that does not converge.
  package static func singularValues<Scalar: LAPACKScalar>(
    vectors: SingularVectors, m: Int, n: Int, a: UnsafeMutablePointer<Scalar>, lda: Int,
    s: UnsafeMutablePointer<Scalar>, u: UnsafeMutablePointer<Scalar>?, ldu: Int, vt: UnsafeMutablePointer<Scalar>?,
    ldvt: Int
  ) -> Int {
    let byteCount = m > 0 && n > 0 ? ((n - 1) * lda + m) * MemoryLayout<Scalar>.stride : 0
    let kept = Buffer(byteCount: byteCount)
    kept.baseAddress.copyMemory(from: a, byteCount: byteCount)
    let info = gesdd(vectors: vectors, m: m, n: n, a: a, lda: lda, s: s, u: u, ldu: ldu, vt: vt, ldvt: ldvt)
    guard info > 0 else { return info }
    UnsafeMutableRawPointer(a).copyMemory(from: kept.baseAddress, byteCount: byteCount)
    return gesvd(vectors: vectors, m: m, n: n, a: a, lda: lda, s: s, u: u, ldu: ldu, vt: vt, ldvt: ldvt)
  }

  /// The eigenvalues of a symmetric A in ascending order in `w`; with `vectors`, A holds the eigenvectors afterwards.
  /// `info` > 0: it did not converge.
  package static func syevd<Scalar: LAPACKScalar>(
    vectors: Bool, triangle: BLAS.Triangle, n: Int, a: UnsafeMutablePointer<Scalar>, lda: Int,
    w: UnsafeMutablePointer<Scalar>
  ) -> Int {
    let job = code(vectors ? "V" : "N")
    // LAPACK's documented minimum, so that one question is enough.
    let integerCount = vectors ? 3 + 5 * n : 1
    return withIntegers(integerCount) { integers in
      withWorkspace(Scalar.self, "LAPACK.syevd") { work, length in
        OpenBLAS.call {
          Scalar._lapack.syevd(
            LAPACK_COL_MAJOR, job, code(triangle), whole(n, "LAPACK.syevd"), a, whole(lda, "LAPACK.syevd"), w, work,
            length, integers,
            length == -1 ? -1 : whole(integerCount, "LAPACK.syevd"))
        }
      }
    }
  }

  /// The eigenvalues wr + i·wi of a general A, and its left and right eigenvectors where they are given; destroys A.
  ///
  /// A complex pair takes two columns of `vl` and `vr`: the real and the imaginary parts of the first of the two.
  /// `info` > 0: only the values after that one converged.
  package static func geev<Scalar: LAPACKScalar>(
    n: Int, a: UnsafeMutablePointer<Scalar>, lda: Int, wr: UnsafeMutablePointer<Scalar>,
    wi: UnsafeMutablePointer<Scalar>, vl: UnsafeMutablePointer<Scalar>? = nil, ldvl: Int = 1,
    vr: UnsafeMutablePointer<Scalar>? = nil, ldvr: Int = 1
  ) -> Int {
    withWorkspace(Scalar.self, "LAPACK.geev") { work, length in
      OpenBLAS.call {
        Scalar._lapack.geev(
          LAPACK_COL_MAJOR, code(vl == nil ? "N" : "V"), code(vr == nil ? "N" : "V"), whole(n, "LAPACK.geev"), a,
          whole(lda, "LAPACK.geev"), wr, wi, vl, whole(ldvl, "LAPACK.geev"), vr, whole(ldvr, "LAPACK.geev"), work,
          length)
      }
    }
  }
}
