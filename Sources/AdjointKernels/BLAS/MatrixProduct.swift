import COpenBLAS

/// A matrix in a buffer: strides in elements.
public struct MatrixOperand: Sendable {
  public var buffer: Buffer
  public var offset: Int
  public var rowStride: Int
  public var columnStride: Int
  /// Elements from one matrix of the batch to the next, one entry per matrix product.
  public var batchOffsets: [Int]

  public init(_ buffer: Buffer, offset: Int, rowStride: Int, columnStride: Int, batchOffsets: [Int]) {
    self.buffer = buffer
    self.offset = offset
    self.rowStride = rowStride
    self.columnStride = columnStride
    self.batchOffsets = batchOffsets
  }

  /// Whether BLAS reads a rows × columns matrix where it lies, straight or transposed.
  public static func isReadable(rowStride: Int, columnStride: Int, rows: Int, columns: Int) -> Bool {
    (columnStride == 1 || columns == 1) && rowStride >= max(columns, 1)
      || (rowStride == 1 || rows == 1) && columnStride >= max(rows, 1)
      || (rows <= 1 && columns <= 1)
  }

  fileprivate func blas(rows: Int, columns: Int) -> (transposed: Bool, leading: Int) {
    if (columnStride == 1 || columns == 1) && rowStride >= max(columns, 1) { return (false, max(rowStride, 1)) }
    if (rowStride == 1 || rows == 1) && columnStride >= max(rows, 1) { return (true, max(columnStride, 1)) }
    return (false, max(columns, 1))
  }
}

/// Products of matrices where they lie: transposed operands go to BLAS's flags.
public enum MatrixProduct {
  /// c[b] = a[b] · c[b] for every pair of a batch; c is contiguous, m × n each.
  public static func run(
    _ type: ElementType, m: Int, n: Int, k: Int, _ a: MatrixOperand, _ b: MatrixOperand, into c: Buffer
  ) {
    let count = a.batchOffsets.count
    let left = a.blas(rows: m, columns: k)
    let right = b.blas(rows: k, columns: n)
    nonisolated(unsafe) let body: (Int) -> Void = { index in
      let ap = a.buffer.baseAddress + (a.offset + a.batchOffsets[index]) * type.size
      let bp = b.buffer.baseAddress + (b.offset + b.batchOffsets[index]) * type.size
      let cp = c.baseAddress + index * m * n * type.size
      if k == 0 {
        cp.initializeMemory(as: UInt8.self, repeating: 0, count: m * n * type.size)
      } else if type == .float32 {
        let (ap, bp, cp) = (
          ap.assumingMemoryBound(to: Float.self), bp.assumingMemoryBound(to: Float.self),
          cp.assumingMemoryBound(to: Float.self)
        )
        if n == 1 {
          cblas_sgemv(
            CblasRowMajor, left.transposed ? CblasTrans : CblasNoTrans, Int32(left.transposed ? k : m),
            Int32(left.transposed ? m : k), 1, ap, Int32(left.leading), bp, Int32(max(b.rowStride, 1)), 0, cp, 1)
        } else if m == 1 {
          cblas_sgemv(
            CblasRowMajor, right.transposed ? CblasNoTrans : CblasTrans, Int32(right.transposed ? n : k),
            Int32(right.transposed ? k : n), 1, bp, Int32(right.leading), ap, Int32(max(a.columnStride, 1)), 0, cp, 1)
        } else {
          cblas_sgemm(
            CblasRowMajor, left.transposed ? CblasTrans : CblasNoTrans, right.transposed ? CblasTrans : CblasNoTrans,
            Int32(m), Int32(n), Int32(k), 1, ap, Int32(left.leading), bp, Int32(right.leading), 0, cp, Int32(n))
        }
      } else {
        let (ap, bp, cp) = (
          ap.assumingMemoryBound(to: Double.self), bp.assumingMemoryBound(to: Double.self),
          cp.assumingMemoryBound(to: Double.self)
        )
        if n == 1 {
          cblas_dgemv(
            CblasRowMajor, left.transposed ? CblasTrans : CblasNoTrans, Int32(left.transposed ? k : m),
            Int32(left.transposed ? m : k), 1, ap, Int32(left.leading), bp, Int32(max(b.rowStride, 1)), 0, cp, 1)
        } else if m == 1 {
          cblas_dgemv(
            CblasRowMajor, right.transposed ? CblasNoTrans : CblasTrans, Int32(right.transposed ? n : k),
            Int32(right.transposed ? k : n), 1, bp, Int32(right.leading), ap, Int32(max(a.columnStride, 1)), 0, cp, 1)
        } else {
          cblas_dgemm(
            CblasRowMajor, left.transposed ? CblasTrans : CblasNoTrans, right.transposed ? CblasTrans : CblasNoTrans,
            Int32(m), Int32(n), Int32(k), 1, ap, Int32(left.leading), bp, Int32(right.leading), 0, cp, Int32(n))
        }
      }
    }
    for index in 0..<count { body(index) }
  }
}
