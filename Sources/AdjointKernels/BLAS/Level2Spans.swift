// A matrix and vectors, by span.
extension BLAS {
  /// y := α·op(A)·x + β·y for an m × n matrix A, where op transposes or does nothing.
  ///
  /// With β = 0, y is only written. With α = 0, or no columns in op(A), A and x are not read. 2·m·n operations.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public static func gemv<Scalar: BLASScalar>(
    transpose: Transpose = .no, m: Int, n: Int, alpha: Scalar = 1, a: Span<Scalar>, lda: Int, x: Span<Scalar>,
    strideX: Int = 1, beta: Scalar = 0, y: inout MutableSpan<Scalar>, strideY: Int = 1
  ) {
    require(matrix: "a", a.count, rows: m, columns: n, leading: lda, "gemv")
    require(vector: "x", x.count, stride: strideX, holds: transpose == .no ? n : m, "gemv")
    require(vector: "y", y.count, stride: strideY, holds: transpose == .no ? m : n, "gemv")
    y.withAddress { y in
      a.withAddress { a in
        x.withAddress { x in
          gemv(
            transpose: transpose, m: m, n: n, alpha: alpha, a: a, lda: lda, x: x, strideX: strideX, beta: beta, y: y,
            strideY: strideY)
        }
      }
    }
  }

  /// A := α·x·yᵀ + A for an m × n matrix A. 2·m·n operations.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public static func ger<Scalar: BLASScalar>(
    m: Int, n: Int, alpha: Scalar = 1, x: Span<Scalar>, strideX: Int = 1, y: Span<Scalar>, strideY: Int = 1,
    a: inout MutableSpan<Scalar>, lda: Int
  ) {
    require(matrix: "a", a.count, rows: m, columns: n, leading: lda, "ger")
    require(vector: "x", x.count, stride: strideX, holds: m, "ger")
    require(vector: "y", y.count, stride: strideY, holds: n, "ger")
    a.withAddress { a in
      x.withAddress { x in
        y.withAddress { y in
          ger(m: m, n: n, alpha: alpha, x: x, strideX: strideX, y: y, strideY: strideY, a: a, lda: lda)
        }
      }
    }
  }

  /// y := α·A·x + β·y for a symmetric n × n matrix A of which one triangle is read. 2·n² operations.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public static func symv<Scalar: BLASScalar>(
    triangle: Triangle, n: Int, alpha: Scalar = 1, a: Span<Scalar>, lda: Int, x: Span<Scalar>, strideX: Int = 1,
    beta: Scalar = 0, y: inout MutableSpan<Scalar>, strideY: Int = 1
  ) {
    require(matrix: "a", a.count, rows: n, columns: n, leading: lda, "symv")
    require(vector: "x", x.count, stride: strideX, holds: n, "symv")
    require(vector: "y", y.count, stride: strideY, holds: n, "symv")
    y.withAddress { y in
      a.withAddress { a in
        x.withAddress { x in
          symv(
            triangle: triangle, n: n, alpha: alpha, a: a, lda: lda, x: x, strideX: strideX, beta: beta, y: y,
            strideY: strideY)
        }
      }
    }
  }

  /// x := op(A)·x for a triangular n × n matrix A. n² operations.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public static func trmv<Scalar: BLASScalar>(
    triangle: Triangle, transpose: Transpose = .no, diagonal: Diagonal = .stored, n: Int, a: Span<Scalar>, lda: Int,
    x: inout MutableSpan<Scalar>, strideX: Int = 1
  ) {
    require(matrix: "a", a.count, rows: n, columns: n, leading: lda, "trmv")
    require(vector: "x", x.count, stride: strideX, holds: n, "trmv")
    x.withAddress { x in
      a.withAddress { a in
        trmv(triangle: triangle, transpose: transpose, diagonal: diagonal, n: n, a: a, lda: lda, x: x, strideX: strideX)
      }
    }
  }

  /// x := op(A)⁻¹·x for a triangular n × n matrix A; a zero on the diagonal gives infinities or NaN. n² operations.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public static func trsv<Scalar: BLASScalar>(
    triangle: Triangle, transpose: Transpose = .no, diagonal: Diagonal = .stored, n: Int, a: Span<Scalar>, lda: Int,
    x: inout MutableSpan<Scalar>, strideX: Int = 1
  ) {
    require(matrix: "a", a.count, rows: n, columns: n, leading: lda, "trsv")
    require(vector: "x", x.count, stride: strideX, holds: n, "trsv")
    x.withAddress { x in
      a.withAddress { a in
        trsv(triangle: triangle, transpose: transpose, diagonal: diagonal, n: n, a: a, lda: lda, x: x, strideX: strideX)
      }
    }
  }
}
