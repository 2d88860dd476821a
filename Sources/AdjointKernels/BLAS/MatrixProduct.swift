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

/// Products of matrices where they lie: transposed operands go to BLAS's flags.
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

  /// Up to this many elements a matrix is multiplied with a vector by the calling thread: OpenBLAS calls on its other
  /// threads from 9,216 on, and waits for them longer than the product takes.
  private static let largestOwnVectorProduct = 1 << 16

  /// What computes a product of an m × k and a k × n matrix: the kernel that runs and the plan that is explained ask here.
  public enum Route: Sendable {
    case zeros, dot, ownLoops, gemv, gemm

    /// `vectorStride`: from one element of the vector to the next, where one of the operands is one.
    public init(m: Int, n: Int, k: Int, vectorStride: Int) {
      self =
        if k == 0 {
          .zeros
        } else if m == 1 && n == 1 {
          .dot
        } else if m == 1 || n == 1 {
          k > 1 && vectorStride == 1 && m * n * k <= largestOwnVectorProduct ? .ownLoops : .gemv
        } else {
          .gemm
        }
    }

    /// The routine of the BLAS, or nil.
    public func routine(_ type: ElementType) -> String? {
      let letter = type == .float32 ? "s" : "d"
      return switch self {
      case .zeros, .ownLoops: nil
      case .dot: "cblas_\(letter)dot"
      case .gemv: "cblas_\(letter)gemv"
      case .gemm: "cblas_\(letter)gemm"
      }
    }
  }

  private static func run<Scalar: BLASScalar>(
    _: Scalar.Type, m: Int, n: Int, k: Int, _ a: MatrixOperand, _ b: MatrixOperand, into c: Buffer
  ) {
    let left = a.blas(rows: m, columns: k)
    let right = b.blas(rows: k, columns: n)
    func address(_ operand: MatrixOperand, _ index: Int) -> UnsafeMutablePointer<Scalar> {
      operand.buffer.baseAddress.assumingMemoryBound(to: Scalar.self) + operand.offset + operand.batchOffsets[index]
    }
    let vectorStride = n == 1 ? b.rowStride : a.columnStride
    let route = Route(m: m, n: n, k: k, vectorStride: vectorStride)
    let type = Scalar.self == Float.self ? ElementType.float32 : .float64
    let isSmall = BatchParallelism.suitsProduct(m, n, k)
    BatchParallelism.forEachRange(count: a.batchOffsets.count, cost: 2 * m * n * k, when: isSmall) { range in
      for index in range {
        let result = c.baseAddress.assumingMemoryBound(to: Scalar.self) + index * m * n
        switch route {
        case .zeros:
          result.initialize(repeating: 0, count: m * n)
        case .dot:
          result.initialize(
            to: BLAS.dot(
              count: k, x: address(a, index), strideX: k == 1 ? 1 : a.columnStride, y: address(b, index),
              strideY: k == 1 ? 1 : b.rowStride))
        case .ownLoops:
          // The matrix, as its rows lie in memory.
          let (matrix, vector, isTransposed, rows) =
            n == 1
            ? (a, b, left.transposed, left.transposed ? k : m) : (b, a, !right.transposed, right.transposed ? n : k)
          ck_run_matrix_vector(
            type.rawValue, isTransposed, result, address(matrix, index), Int64(n == 1 ? left.leading : right.leading),
            address(vector, index), Int64(rows), Int64(m * n * k / rows))
        case .gemv where n == 1:
          BLAS.gemv(
            transpose: left.transposed ? .yes : .no, m: left.transposed ? k : m, n: left.transposed ? m : k,
            a: address(a, index), lda: left.leading, x: address(b, index), strideX: max(b.rowStride, 1), y: result)
        case .gemv:
          BLAS.gemv(
            transpose: right.transposed ? .no : .yes, m: right.transposed ? n : k, n: right.transposed ? k : n,
            a: address(b, index), lda: right.leading, x: address(a, index), strideX: max(a.columnStride, 1), y: result)
        case .gemm:
          BLAS.gemm(
            transposeA: left.transposed ? .yes : .no, transposeB: right.transposed ? .yes : .no, m: m, n: n, k: k,
            a: address(a, index), lda: left.leading, b: address(b, index), ldb: right.leading, c: result, ldc: n)
        }
      }
    }
  }
}
