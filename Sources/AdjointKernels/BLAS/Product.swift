import CKernels

/// One product of two matrices, and how it is cut into parts for several threads.
///
/// A matrix with one row or column has loops of its own, which read the other matrix once; so has a product of two
/// vectors.
///
/// Sendable because parts write to places of their own, and the caller keeps the matrices until all are done.
struct Product<Scalar: BLASScalar>: @unchecked Sendable {
  let m: Int
  let n: Int
  let k: Int
  let a: UnsafePointer<Scalar>
  let aLeading: Int
  let aIsTransposed: Bool
  let b: UnsafePointer<Scalar>
  let bLeading: Int
  let bIsTransposed: Bool
  let c: UnsafeMutablePointer<Scalar>
  let cRow: Int

  /// c = a·b, a read as its transpose if it `isTransposed`, b likewise; `leading` elements from row to row as they lie.
  init(
    m: Int, n: Int, k: Int, _ a: UnsafePointer<Scalar>, isTransposed aIsTransposed: Bool, leading aLeading: Int,
    _ b: UnsafePointer<Scalar>, isTransposed bIsTransposed: Bool, leading bLeading: Int,
    into c: UnsafeMutablePointer<Scalar>, rows cRow: Int? = nil
  ) {
    (self.m, self.n, self.k) = (m, n, k)
    (self.a, self.aIsTransposed, self.aLeading) = (a, aIsTransposed, aLeading)
    (self.b, self.bIsTransposed, self.bLeading) = (b, bIsTransposed, bLeading)
    self.c = c
    self.cRow = cRow ?? n
  }

  private static var type: UInt8 { Scalar.self == Float.self ? 0 : 1 }

  /// Rows and columns of parts.
  struct Parts {
    var rows = 1
    var columns = 1
    var count: Int { rows * columns }
  }

  /// The parts that the product is worth: each some tens of microseconds of work, and a few for each thread, so that one
  /// that is held up leaves its share to the others.
  var parts: Parts {
    var parts = Parts()
    // A vector's product moves as many elements as it multiplies.
    let least = m == 1 || n == 1 ? 1 << 16 : 1 << 19
    let wanted = m * n == 1 ? 1 : Swift.min(m * n * k / least, Parallelism.threads == 1 ? 1 : 4 * Parallelism.threads)
    while parts.count < wanted {
      let (height, width) = (m / parts.rows, n / parts.columns)
      if height >= width && height >= 2 * Int(CK_PRODUCT_ROW_UNIT) {
        parts.rows += 1
      } else if width >= 2 * Int(CK_PRODUCT_COLUMN_UNIT) {
        parts.columns += 1
      } else {
        break
      }
    }
    return parts
  }

  /// Computes the product on as many threads as it is worth.
  func run() {
    let parts = parts
    if parts.count == 1 { return runAlone() }
    Parallelism.forEachBlock(parts.count) { run($0, of: parts) }
  }

  /// Computes one of the parts on the calling thread.
  func run(_ part: Int, of parts: Parts) {
    func bounds(_ index: Int, _ count: Int, _ extent: Int, unit: Int) -> Range<Int> {
      let units = (extent + unit - 1) / unit
      return Swift.min(units * index / count * unit, extent)..<Swift.min(units * (index + 1) / count * unit, extent)
    }
    let rows = bounds(part / parts.columns, parts.rows, m, unit: Int(CK_PRODUCT_ROW_UNIT))
    let columns = bounds(part % parts.columns, parts.columns, n, unit: Int(CK_PRODUCT_COLUMN_UNIT))
    if !rows.isEmpty && !columns.isEmpty { run(rows, columns) }
  }

  /// Computes the whole product on the calling thread.
  func runAlone() { run(0..<m, 0..<n) }

  /// Computes some rows and columns of the result on the calling thread.
  func run(_ rows: Range<Int>, _ columns: Range<Int>) {
    let result = c + rows.lowerBound * cRow + columns.lowerBound
    if k == 0 {
      for row in 0..<rows.count { (result + row * cRow).initialize(repeating: 0, count: columns.count) }
      return
    }
    let left = a + rows.lowerBound * aRow
    let right = b + columns.lowerBound * (bIsTransposed ? bLeading : 1)
    // A vector that is not contiguous is one row or column of a matrix: the blocks read it where it lies.
    if m == 1 && n == 1 && hasContiguousVector(aStep) && hasContiguousVector(bStep) {
      result.pointee = dot(left, right)
    } else if n == 1 && hasContiguousVector(bStep) && cRow == 1 {
      ck_run_matrix_vector(
        Self.type, aIsTransposed, result, left, Int64(aLeading), right, Int64(aIsTransposed ? k : rows.count),
        Int64(aIsTransposed ? rows.count : k))
    } else if m == 1 && hasContiguousVector(aStep) {
      ck_run_matrix_vector(
        Self.type, !bIsTransposed, result, right, Int64(bLeading), left,
        Int64(bIsTransposed ? columns.count : k), Int64(bIsTransposed ? k : columns.count))
    } else {
      let bytes = ck_product_scratch(Self.type, Int64(rows.count), Int64(columns.count), Int64(k))
      let scratch = bytes > 0 ? Buffer(byteCount: bytes) : nil
      ck_run_matrix_product(
        Self.type, result, Int64(cRow), left, Int64(aRow), Int64(aStep), right, Int64(bLeading), bIsTransposed,
        Int64(rows.count), Int64(columns.count), Int64(k), scratch?.baseAddress)
    }
  }

  /// From one row to the next, and from one element of a row to the next.
  private var aRow: Int { aIsTransposed ? 1 : aLeading }
  private var aStep: Int { aIsTransposed ? aLeading : 1 }
  private var bStep: Int { bIsTransposed ? 1 : bLeading }

  private func hasContiguousVector(_ step: Int) -> Bool { step == 1 || k == 1 }

  /// The sums of blocks of fixed length, added in Double as a tree.
  private func dot(_ x: UnsafePointer<Scalar>, _ y: UnsafePointer<Scalar>) -> Scalar {
    let block = Int(CK_DOT_BLOCK)
    if k <= block { return Scalar(ck_run_dot(Self.type, x, y, Int64(k))) }
    let count = (k + block - 1) / block
    nonisolated(unsafe) let (x, y) = (x, y)
    return withUnsafeTemporaryAllocation(of: Double.self, capacity: count) { sums in
      nonisolated(unsafe) let sums = sums
      // Several blocks to a part: a block by itself takes less time than a helper needs to begin.
      let group = 8
      Parallelism.forEachBlock((count + group - 1) / group) { part in
        for index in part * group..<Swift.min((part + 1) * group, count) {
          let start = index * block
          sums[index] = ck_run_dot(Self.type, x + start, y + start, Int64(Swift.min(block, k - start)))
        }
      }
      var result = Scalar.zero
      ck_combine_accumulators(UInt8(CK_REDUCE_SUM.rawValue), Self.type, sums.baseAddress!, Int64(count), &result)
      return result
    }
  }
}
