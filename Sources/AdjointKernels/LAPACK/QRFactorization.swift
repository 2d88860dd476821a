/// QR factors of stacks of row-major matrices.
package enum QRFactorization {
  /// A = Q·R with Q m × k and R k × n; k is min(m, n), or m if `complete`. The first result holds Qᵀ, row by row.
  ///
  /// LAPACK's `geqrf` and `orgqr` on a transposed copy. The LQ factorisation of the memory as it lies (`gelqf`,
  /// `orglq`) has the same reflectors and needs no copy, but walks along rows: 1.3 to 1.5 times the time at orders
  /// from 256 to 1,024, where the copies take some hundredths. Without `wantsQ` the first result is empty.
  package static func run(
    _ type: ElementType, m: Int, n: Int, count: Int, _ a: Buffer, complete: Bool, wantsQ: Bool = true
  ) -> (qTransposed: Buffer, r: Buffer) {
    type == .float32
      ? run(Float.self, m, n, count, a, complete, wantsQ) : run(Double.self, m, n, count, a, complete, wantsQ)
  }

  private static func run<Element: LAPACKElement>(
    _: Element.Type, _ m: Int, _ n: Int, _ count: Int, _ a: Buffer, _ complete: Bool, _ wantsQ: Bool
  ) -> (qTransposed: Buffer, r: Buffer) {
    let size = MemoryLayout<Element>.size
    let k = min(m, n)
    let columns = complete ? m : k
    let q = Buffer(byteCount: wantsQ ? count * m * columns * size : 0)
    let r = Buffer(byteCount: count * columns * n * size)
    let source = a.baseAddress.assumingMemoryBound(to: Element.self)
    let orthogonal = q.baseAddress.assumingMemoryBound(to: Element.self)
    let triangle = r.baseAddress.assumingMemoryBound(to: Element.self)
    // Column-major, the m × n reflectors and the m × columns Q begin with the same min(n, columns) columns: a
    // matrix that is not wider than Q is factorised where Q will be.
    let inPlace = wantsQ && n <= columns
    let isSmall = BatchParallelism.suitsQR(m, max(n, columns))
    BatchParallelism.forEachRange(count: count, cost: 4 * m * n * max(k, 1), when: isSmall) { range in
      let space = Buffer(byteCount: (max(k, 1) + (inPlace ? 0 : m * n)) * size)
      let tau = space.baseAddress.assumingMemoryBound(to: Element.self)
      for index in range {
        let Q = orthogonal + (wantsQ ? index * m * columns : 0)
        let R = triangle + index * columns * n
        let x = inPlace ? Q : tau + max(k, 1)
        MatrixStack.transpose(source + index * m * n, rows: m, columns: n, into: x)
        if k > 0 { check(LAPACK.geqrf(m: m, n: n, a: x, lda: max(m, 1), tau: tau), "geqrf") }
        // R is the upper triangle: above the diagonal as it is transposed, zeros below.
        MatrixStack.transpose(x, rows: n, columns: columns, rowStride: m, into: R)
        for row in 1..<max(columns, 1) { (R + row * n).update(repeating: 0, count: min(row, n)) }
        if !wantsQ || m == 0 || columns == 0 { continue }
        if !inPlace { Q.update(from: x, count: m * min(n, columns)) }
        if columns > n { (Q + n * m).update(repeating: 0, count: (columns - n) * m) }
        if k > 0 {
          check(LAPACK.orgqr(m: m, n: columns, k: k, a: Q, lda: m, tau: tau), "orgqr")
        } else {
          for row in 0..<m { Q[row * m + row] = 1 }
        }
      }
      withExtendedLifetime(space) {}
    }
    return (q, r)
  }
}

/// LAPACK refuses an argument only by a mistake of this library, or for want of workspace.
func check(_ info: Int, _ routine: String) {
  if info != 0 { fatalError("\(routine): LAPACK returned \(info), which no argument given here can cause") }
}
