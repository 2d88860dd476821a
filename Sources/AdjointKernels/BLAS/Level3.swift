import COpenBLAS

// Matrices, by address.
extension BLAS {
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package static func gemm<Scalar: BLASScalar>(
    transposeA: Transpose = .no, transposeB: Transpose = .no, m: Int, n: Int, k: Int, alpha: Scalar = 1,
    a: UnsafePointer<Scalar>, lda: Int, b: UnsafePointer<Scalar>, ldb: Int, beta: Scalar = 0,
    c: UnsafeMutablePointer<Scalar>, ldc: Int, longest: Int = longestCall
  ) {
    OpenBLAS.requireNarrowIntegers()
    guard m > 0, n > 0 else { return }
    // A matrix whose rows are too far apart is taken row by row, whichever extent its rows count.
    let rowsOfA = rows(lda, longest: longest)
    let rowsOfB = rows(ldb, longest: longest)
    let pieceM = min(rows(ldc, longest: longest), transposeA == .no ? rowsOfA : longest)
    let pieceN = transposeB == .no ? longest : rowsOfB
    let pieceK = min(transposeA == .no ? longest : rowsOfA, transposeB == .no ? rowsOfB : longest)
    for row in Swift.stride(from: 0, to: m, by: pieceM) {
      for column in Swift.stride(from: 0, to: n, by: pieceN) {
        // With no inner extent there is still c := β·c.
        for inner in Swift.stride(from: 0, to: max(1, k), by: pieceK) {
          let (height, width) = (min(pieceM, m - row), min(pieceN, n - column))
          let depth = min(pieceK, k - inner)
          let (heightA, widthA) = transposeA == .no ? (height, depth) : (depth, height)
          let (heightB, widthB) = transposeB == .no ? (depth, width) : (width, depth)
          OpenBLAS.call {
            Scalar._blas.gemm(
              CblasRowMajor, transposeA.code, transposeB.code, Int32(height), Int32(width), Int32(depth), alpha,
              a + (transposeA == .no ? row * lda + inner : inner * lda + row),
              leading(lda, rows: heightA, columns: widthA, "BLAS.gemm"),
              b + (transposeB == .no ? inner * ldb + column : column * ldb + inner),
              leading(ldb, rows: heightB, columns: widthB, "BLAS.gemm"), inner == 0 ? beta : 1,
              c + row * ldc + column, leading(ldc, rows: height, columns: width, "BLAS.gemm"))
          }
        }
      }
    }
  }

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package static func symm<Scalar: BLASScalar>(
    side: Side, triangle: Triangle, m: Int, n: Int, alpha: Scalar = 1, a: UnsafePointer<Scalar>, lda: Int,
    b: UnsafePointer<Scalar>, ldb: Int, beta: Scalar = 0, c: UnsafeMutablePointer<Scalar>, ldc: Int,
    longest: Int = longestCall
  ) {
    let order = side == .left ? m : n
    forEachFreePiece(side, m, n, longest, "BLAS.symm") { row, column, height, width in
      OpenBLAS.call {
        Scalar._blas.symm(
          CblasRowMajor, side.code, triangle.code, Int32(height), Int32(width), alpha, a,
          leading(lda, rows: order, columns: order, "BLAS.symm"), b + row * ldb + column,
          leading(ldb, rows: height, columns: width, "BLAS.symm"), beta, c + row * ldc + column,
          leading(ldc, rows: height, columns: width, "BLAS.symm"))
      }
    }
  }

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package static func syrk<Scalar: BLASScalar>(
    triangle: Triangle, transpose: Transpose = .no, n: Int, k: Int, alpha: Scalar = 1, a: UnsafePointer<Scalar>,
    lda: Int, beta: Scalar = 0, c: UnsafeMutablePointer<Scalar>, ldc: Int, longest: Int = longestCall
  ) {
    OpenBLAS.requireNarrowIntegers()
    guard n > 0 else { return }
    let pieceK = transpose == .no ? longest : rows(lda, longest: longest)
    for inner in Swift.stride(from: 0, to: max(1, k), by: pieceK) {
      let depth = min(pieceK, k - inner)
      let (height, width) = transpose == .no ? (n, depth) : (depth, n)
      OpenBLAS.call {
        Scalar._blas.syrk(
          CblasRowMajor, triangle.code, transpose.code, whole(n, "BLAS.syrk"), Int32(depth), alpha,
          a + (transpose == .no ? inner : inner * lda), leading(lda, rows: height, columns: width, "BLAS.syrk"),
          inner == 0 ? beta : 1, c, leading(ldc, rows: n, columns: n, "BLAS.syrk"))
      }
    }
  }

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package static func trmm<Scalar: BLASScalar>(
    side: Side, triangle: Triangle, transpose: Transpose = .no, diagonal: Diagonal = .stored, m: Int, n: Int,
    alpha: Scalar = 1, a: UnsafePointer<Scalar>, lda: Int, b: UnsafeMutablePointer<Scalar>, ldb: Int,
    longest: Int = longestCall
  ) {
    let order = side == .left ? m : n
    forEachFreePiece(side, m, n, longest, "BLAS.trmm") { row, column, height, width in
      OpenBLAS.call {
        Scalar._blas.trmm(
          CblasRowMajor, side.code, triangle.code, transpose.code, diagonal.code, Int32(height), Int32(width), alpha, a,
          leading(lda, rows: order, columns: order, "BLAS.trmm"), b + row * ldb + column,
          leading(ldb, rows: height, columns: width, "BLAS.trmm"))
      }
    }
  }

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package static func trsm<Scalar: BLASScalar>(
    side: Side, triangle: Triangle, transpose: Transpose = .no, diagonal: Diagonal = .stored, m: Int, n: Int,
    alpha: Scalar = 1, a: UnsafePointer<Scalar>, lda: Int, b: UnsafeMutablePointer<Scalar>, ldb: Int,
    longest: Int = longestCall
  ) {
    let order = side == .left ? m : n
    forEachFreePiece(side, m, n, longest, "BLAS.trsm") { row, column, height, width in
      OpenBLAS.call {
        Scalar._blas.trsm(
          CblasRowMajor, side.code, triangle.code, transpose.code, diagonal.code, Int32(height), Int32(width), alpha, a,
          leading(lda, rows: order, columns: order, "BLAS.trsm"), b + row * ldb + column,
          leading(ldb, rows: height, columns: width, "BLAS.trsm"))
      }
    }
  }

  /// Pieces of an m × n matrix next to a square one, whose extent stays whole: with the square matrix on the left
  /// the columns are independent of each other, on the right the rows.
  @inline(__always)
  private static func forEachFreePiece(
    _ side: Side, _ m: Int, _ n: Int, _ longest: Int, _ operation: StaticString, _ body: (Int, Int, Int, Int) -> Void
  ) {
    OpenBLAS.requireNarrowIntegers()
    guard m > 0, n > 0 else { return }
    _ = whole(side == .left ? m : n, operation)
    let free = side == .left ? n : m
    for first in Swift.stride(from: 0, to: free, by: longest) {
      let length = min(longest, free - first)
      if side == .left { body(0, first, m, length) } else { body(first, 0, length, n) }
    }
  }
}
