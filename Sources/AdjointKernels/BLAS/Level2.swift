import COpenBLAS

// A matrix and vectors, by address.
extension BLAS {
  /// y := β·y; with β = 0 what y held does not matter.
  private static func rescale<Scalar: BLASScalar>(
    count: Int, beta: Scalar, y: UnsafeMutablePointer<Scalar>, strideY: Int
  ) {
    if beta == 0 {
      for index in 0..<max(0, count) { y[index * abs(strideY)] = 0 }
    } else if beta != 1 {
      scal(count: count, alpha: beta, x: y, strideX: strideY)
    }
  }

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package static func gemv<Scalar: BLASScalar>(
    transpose: Transpose = .no, m: Int, n: Int, alpha: Scalar = 1, a: UnsafePointer<Scalar>, lda: Int,
    x: UnsafePointer<Scalar>, strideX: Int = 1, beta: Scalar = 0, y: UnsafeMutablePointer<Scalar>, strideY: Int = 1,
    longest: Int = longestCall
  ) {
    OpenBLAS.requireNarrowIntegers()
    let (inputs, outputs) = transpose == .no ? (n, m) : (m, n)
    // BLAS returns at once when either extent is 0, and leaves y without its factor.
    guard inputs > 0, alpha != 0 else { return rescale(count: outputs, beta: beta, y: y, strideY: strideY) }
    let (strideOfRows, strideOfColumns) = transpose == .no ? (strideY, strideX) : (strideX, strideY)
    let rowPiece = min(rows(lda, longest: longest), piece(strideOfRows, longest: longest))
    let columnPiece = piece(strideOfColumns, longest: longest)
    for row in Swift.stride(from: 0, to: m, by: rowPiece) {
      for column in Swift.stride(from: 0, to: n, by: columnPiece) {
        let (height, width) = (min(rowPiece, m - row), min(columnPiece, n - column))
        let ((input, length), (output, size)) =
          transpose == .no ? ((column, width), (row, height)) : ((row, height), (column, width))
        OpenBLAS.call {
          Scalar._blas.gemv(
            CblasRowMajor, transpose.code, Int32(height), Int32(width), alpha, a + row * lda + column,
            leading(lda, rows: height, columns: width, "BLAS.gemv"),
            x + offset(input, length, of: inputs, stride: strideX), stride(strideX, length), input == 0 ? beta : 1,
            y + offset(output, size, of: outputs, stride: strideY), stride(strideY, size))
        }
      }
    }
  }

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package static func ger<Scalar: BLASScalar>(
    m: Int, n: Int, alpha: Scalar = 1, x: UnsafePointer<Scalar>, strideX: Int = 1, y: UnsafePointer<Scalar>,
    strideY: Int = 1, a: UnsafeMutablePointer<Scalar>, lda: Int, longest: Int = longestCall
  ) {
    OpenBLAS.requireNarrowIntegers()
    let rowPiece = min(rows(lda, longest: longest), piece(strideX, longest: longest))
    let columnPiece = piece(strideY, longest: longest)
    for row in Swift.stride(from: 0, to: m, by: rowPiece) {
      for column in Swift.stride(from: 0, to: n, by: columnPiece) {
        let (height, width) = (min(rowPiece, m - row), min(columnPiece, n - column))
        OpenBLAS.call {
          Scalar._blas.ger(
            CblasRowMajor, Int32(height), Int32(width), alpha, x + offset(row, height, of: m, stride: strideX),
            stride(strideX, height),
            y + offset(column, width, of: n, stride: strideY), stride(strideY, width), a + row * lda + column,
            leading(lda, rows: height, columns: width, "BLAS.ger"))
        }
      }
    }
  }

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package static func symv<Scalar: BLASScalar>(
    triangle: Triangle, n: Int, alpha: Scalar = 1, a: UnsafePointer<Scalar>, lda: Int, x: UnsafePointer<Scalar>,
    strideX: Int = 1, beta: Scalar = 0, y: UnsafeMutablePointer<Scalar>, strideY: Int = 1
  ) {
    OpenBLAS.requireNarrowIntegers()
    guard n > 0 else { return }
    OpenBLAS.call {
      Scalar._blas.symv(
        CblasRowMajor, triangle.code, whole(n, "BLAS.symv"), alpha, a, leading(lda, rows: n, columns: n, "BLAS.symv"),
        x,
        whole(strideX, "BLAS.symv"), beta, y, whole(strideY, "BLAS.symv"))
    }
  }

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package static func trmv<Scalar: BLASScalar>(
    triangle: Triangle, transpose: Transpose = .no, diagonal: Diagonal = .stored, n: Int, a: UnsafePointer<Scalar>,
    lda: Int, x: UnsafeMutablePointer<Scalar>, strideX: Int = 1
  ) {
    OpenBLAS.requireNarrowIntegers()
    guard n > 0 else { return }
    OpenBLAS.call {
      Scalar._blas.trmv(
        CblasRowMajor, triangle.code, transpose.code, diagonal.code, whole(n, "BLAS.trmv"), a,
        leading(lda, rows: n, columns: n, "BLAS.trmv"), x,
        whole(strideX, "BLAS.trmv"))
    }
  }

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package static func trsv<Scalar: BLASScalar>(
    triangle: Triangle, transpose: Transpose = .no, diagonal: Diagonal = .stored, n: Int, a: UnsafePointer<Scalar>,
    lda: Int, x: UnsafeMutablePointer<Scalar>, strideX: Int = 1
  ) {
    OpenBLAS.requireNarrowIntegers()
    guard n > 0 else { return }
    OpenBLAS.call {
      Scalar._blas.trsv(
        CblasRowMajor, triangle.code, transpose.code, diagonal.code, whole(n, "BLAS.trsv"), a,
        leading(lda, rows: n, columns: n, "BLAS.trsv"), x,
        whole(strideX, "BLAS.trsv"))
    }
  }
}
