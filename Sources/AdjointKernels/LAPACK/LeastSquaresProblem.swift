/// Least squares for stacks of row-major matrices.
package enum LeastSquaresProblem {
  /// X of least norm among those that minimise ‖A·X − B‖, by a complete orthogonal factorisation (`gelsy`) or by
  /// singular values (`gelsd`). LAPACK has neither for the transpose, so A and B are transposed here.
  package static func run(
    _ type: ElementType, m: Int, n: Int, k: Int, count: Int, _ a: Buffer, _ b: Buffer, bySingularValues: Bool,
    tolerance: Double
  ) -> (x: Buffer, rank: Buffer, singularValues: Buffer, failure: Failure?) {
    type == .float32
      ? run(Float.self, m, n, k, count, a, b, bySingularValues, tolerance)
      : run(Double.self, m, n, k, count, a, b, bySingularValues, tolerance)
  }

  private static func run<Element: LAPACKElement>(
    _: Element.Type, _ m: Int, _ n: Int, _ k: Int, _ count: Int, _ a: Buffer, _ b: Buffer, _ bySingularValues: Bool,
    _ tolerance: Double
  ) -> (x: Buffer, rank: Buffer, singularValues: Buffer, failure: Failure?) {
    let size = MemoryLayout<Element>.size
    let (least, rows) = (min(m, n), max(m, n))
    let x = Buffer(byteCount: count * n * k * size)
    let rank = Buffer(byteCount: count * 8)
    let values = Buffer(byteCount: count * least * size)
    let (solution, ranks, s) = (
      x.baseAddress.assumingMemoryBound(to: Element.self), rank.baseAddress.assumingMemoryBound(to: Int64.self),
      values.baseAddress.assumingMemoryBound(to: Element.self)
    )
    let (left, right) = (
      a.baseAddress.assumingMemoryBound(to: Element.self), b.baseAddress.assumingMemoryBound(to: Element.self)
    )
    var matrix = [Element](repeating: 0, count: max(m * n, 1))
    var columns = [Element](repeating: 0, count: max(rows * k, 1))
    var failure: Failure?
    for index in 0..<count {
      for row in 0..<m { for column in 0..<n { matrix[column * m + row] = left[index * m * n + row * n + column] } }
      for row in 0..<rows {
        for column in 0..<k { columns[column * rows + row] = row < m ? right[index * m * k + row * k + column] : 0 }
      }
      var found = 0
      if least > 0 && k > 0 {
        var info: Int
        if bySingularValues {
          (info, found) = LAPACK.gelsd(
            m: m, n: n, nrhs: k, a: &matrix, lda: m, b: &columns, ldb: rows, s: s + index * least,
            rcond: Element(tolerance))
        } else {
          var pivots = [Int32](repeating: 0, count: n)
          (info, found) = LAPACK.gelsy(
            m: m, n: n, nrhs: k, a: &matrix, lda: m, b: &columns, ldb: rows, pivots: &pivots, rcond: Element(tolerance))
        }
        if info != 0 && failure == nil { failure = Failure(batch: index, info: info) }
      } else {
        for place in columns.indices { columns[place] = 0 }
      }
      ranks[index] = Int64(found)
      for row in 0..<n {
        for column in 0..<k { solution[index * n * k + row * k + column] = columns[column * rows + row] }
      }
    }
    return (x, rank, values, failure)
  }
}
