// Matrices, by span.
extension BLAS {
  /// C := α·op(A)·op(B) + β·C, where op(A) is m × k, op(B) is k × n and C is m × n.
  ///
  /// With β = 0, C is only written. With k = 0, C := β·C. 2·m·n·k operations.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public static func gemm<Scalar: BLASScalar>(
    transposeA: Transpose = .no, transposeB: Transpose = .no, m: Int, n: Int, k: Int, alpha: Scalar = 1,
    a: Span<Scalar>, lda: Int, b: Span<Scalar>, ldb: Int, beta: Scalar = 0, c: inout MutableSpan<Scalar>, ldc: Int
  ) {
    let (rowsA, columnsA) = transposeA == .no ? (m, k) : (k, m)
    let (rowsB, columnsB) = transposeB == .no ? (k, n) : (n, k)
    require(matrix: "a", a.count, rows: rowsA, columns: columnsA, leading: lda, "gemm")
    require(matrix: "b", b.count, rows: rowsB, columns: columnsB, leading: ldb, "gemm")
    require(matrix: "c", c.count, rows: m, columns: n, leading: ldc, "gemm")
    c.withAddress { c in
      a.withAddress { a in
        b.withAddress { b in
          gemm(
            transposeA: transposeA, transposeB: transposeB, m: m, n: n, k: k, alpha: alpha, a: a, lda: lda, b: b,
            ldb: ldb, beta: beta, c: c, ldc: ldc)
        }
      }
    }
  }

  /// C := α·A·B + β·C, or α·B·A + β·C with A on the right; B and C are m × n, A is symmetric and square.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public static func symm<Scalar: BLASScalar>(
    side: Side, triangle: Triangle, m: Int, n: Int, alpha: Scalar = 1, a: Span<Scalar>, lda: Int, b: Span<Scalar>,
    ldb: Int, beta: Scalar = 0, c: inout MutableSpan<Scalar>, ldc: Int
  ) {
    let order = side == .left ? m : n
    require(matrix: "a", a.count, rows: order, columns: order, leading: lda, "symm")
    require(matrix: "b", b.count, rows: m, columns: n, leading: ldb, "symm")
    require(matrix: "c", c.count, rows: m, columns: n, leading: ldc, "symm")
    c.withAddress { c in
      a.withAddress { a in
        b.withAddress { b in
          symm(
            side: side, triangle: triangle, m: m, n: n, alpha: alpha, a: a, lda: lda, b: b, ldb: ldb, beta: beta,
            c: c, ldc: ldc)
        }
      }
    }
  }

  /// C := α·op(A)·op(A)ᵀ + β·C in one triangle of the n × n matrix C; op(A) is n × k. n²·k operations.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public static func syrk<Scalar: BLASScalar>(
    triangle: Triangle, transpose: Transpose = .no, n: Int, k: Int, alpha: Scalar = 1, a: Span<Scalar>, lda: Int,
    beta: Scalar = 0, c: inout MutableSpan<Scalar>, ldc: Int
  ) {
    let (rows, columns) = transpose == .no ? (n, k) : (k, n)
    require(matrix: "a", a.count, rows: rows, columns: columns, leading: lda, "syrk")
    require(matrix: "c", c.count, rows: n, columns: n, leading: ldc, "syrk")
    c.withAddress { c in
      a.withAddress { a in
        syrk(
          triangle: triangle, transpose: transpose, n: n, k: k, alpha: alpha, a: a, lda: lda, beta: beta, c: c, ldc: ldc
        )
      }
    }
  }

  /// B := α·op(A)·B, or α·B·op(A) with A on the right; B is m × n, A is triangular and square.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public static func trmm<Scalar: BLASScalar>(
    side: Side, triangle: Triangle, transpose: Transpose = .no, diagonal: Diagonal = .stored, m: Int, n: Int,
    alpha: Scalar = 1, a: Span<Scalar>, lda: Int, b: inout MutableSpan<Scalar>, ldb: Int
  ) {
    let order = side == .left ? m : n
    require(matrix: "a", a.count, rows: order, columns: order, leading: lda, "trmm")
    require(matrix: "b", b.count, rows: m, columns: n, leading: ldb, "trmm")
    b.withAddress { b in
      a.withAddress { a in
        trmm(
          side: side, triangle: triangle, transpose: transpose, diagonal: diagonal, m: m, n: n, alpha: alpha, a: a,
          lda: lda, b: b, ldb: ldb)
      }
    }
  }

  /// B := α·op(A)⁻¹·B, or α·B·op(A)⁻¹ with A on the right; B is m × n, A is triangular and square.
  ///
  /// A zero on the diagonal gives infinities or NaN.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public static func trsm<Scalar: BLASScalar>(
    side: Side, triangle: Triangle, transpose: Transpose = .no, diagonal: Diagonal = .stored, m: Int, n: Int,
    alpha: Scalar = 1, a: Span<Scalar>, lda: Int, b: inout MutableSpan<Scalar>, ldb: Int
  ) {
    let order = side == .left ? m : n
    require(matrix: "a", a.count, rows: order, columns: order, leading: lda, "trsm")
    require(matrix: "b", b.count, rows: m, columns: n, leading: ldb, "trsm")
    b.withAddress { b in
      a.withAddress { a in
        trsm(
          side: side, triangle: triangle, transpose: transpose, diagonal: diagonal, m: m, n: n, alpha: alpha, a: a,
          lda: lda, b: b, ldb: ldb)
      }
    }
  }
}
