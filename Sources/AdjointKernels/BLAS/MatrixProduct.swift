import CKernels

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

/// Products of matrices where they lie, by kernels of this library: straight and transposed operands without a copy.
///
/// An element's bits depend on its row, its column and the inner extent alone, on every processor with fused
/// multiply-add: how the work is cut among threads, and how many there are, is free.
public enum MatrixProduct {
  /// c[i] = a[i] · b[i] for every pair of a batch; c is contiguous, m × n each. Float and Double.
  public static func run(
    _ type: ElementType, m: Int, n: Int, k: Int, _ a: MatrixOperand, _ b: MatrixOperand, into c: Buffer
  ) {
    if type == .float32 {
      run(Float.self, m: m, n: n, k: k, a, b, into: c)
    } else {
      run(Double.self, m: m, n: n, k: k, a, b, into: c)
    }
  }

  private static func run<Scalar: BLASScalar>(
    _: Scalar.Type, m: Int, n: Int, k: Int, _ a: MatrixOperand, _ b: MatrixOperand, into c: Buffer
  ) {
    let left = a.blas(rows: m, columns: k)
    let right = b.blas(rows: k, columns: n)
    nonisolated(unsafe) let (x, y, z) = (
      a.buffer.baseAddress.assumingMemoryBound(to: Scalar.self) + a.offset,
      b.buffer.baseAddress.assumingMemoryBound(to: Scalar.self) + b.offset,
      c.baseAddress.assumingMemoryBound(to: Scalar.self)
    )
    let count = a.batchOffsets.count
    func product(_ index: Int) -> Product<Scalar> {
      Product(
        m: m, n: n, k: k, x + a.batchOffsets[index], isTransposed: left.transposed, leading: left.leading,
        y + b.batchOffsets[index], isTransposed: right.transposed, leading: right.leading, into: z + index * m * n)
    }
    if count == 1 { return product(0).run() }
    let parts = product(0).parts
    if parts.count == 1 {
      Parallelism.forEachRange(count: count, cost: m * n * k / 8 + 300) { range in
        for index in range { product(index).runAlone() }
      }
    } else {
      nonisolated(unsafe) let product = product
      Parallelism.forEachBlock(count * parts.count) { block in
        product(block / parts.count).run(block % parts.count, of: parts)
      }
    }
  }
}
