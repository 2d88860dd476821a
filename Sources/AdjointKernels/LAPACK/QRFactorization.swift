/// QR factors of stacks of row-major matrices.
package enum QRFactorization {
  /// A = Q·R with Q m × k and R k × n; k is min(m, n), or m if `complete`.
  ///
  /// The memory is Aᵀ to LAPACK, whose LQ factorisation Aᵀ = L·Qᵀ is the QR factorisation of A with the same
  /// reflectors: nothing is transposed, and the signs are those of `geqrf`.
  package static func run(
    _ type: ElementType, m: Int, n: Int, count: Int, _ a: Buffer, complete: Bool
  ) -> (q: Buffer, r: Buffer) {
    type == .float32
      ? run(Float.self, m, n, count, a, complete) : run(Double.self, m, n, count, a, complete)
  }

  private static func run<Element: LAPACKElement>(
    _: Element.Type, _ m: Int, _ n: Int, _ count: Int, _ a: Buffer, _ complete: Bool
  ) -> (q: Buffer, r: Buffer) {
    let size = MemoryLayout<Element>.size
    let k = min(m, n)
    let columns = complete ? m : k
    let q = Buffer(byteCount: count * m * columns * size)
    let r = Buffer(byteCount: count * columns * n * size)
    let work = MatrixStack.copy(a, byteCount: count * m * n * size)
    let source = work.baseAddress.assumingMemoryBound(to: Element.self)
    let orthogonal = q.baseAddress.assumingMemoryBound(to: Element.self)
    let triangle = r.baseAddress.assumingMemoryBound(to: Element.self)
    let isSmall = BatchParallelism.suitsQR(m, max(n, columns))
    BatchParallelism.forEachRange(count: count, cost: 4 * m * n * max(k, 1), when: isSmall) { range in
      var tau = [Element](repeating: 0, count: max(k, 1))
      for index in range {
        let (x, Q, R) = (source + index * m * n, orthogonal + index * m * columns, triangle + index * columns * n)
        if k > 0 { check(LAPACK.gelqf(m: n, n: m, a: x, lda: n, tau: &tau), "gelqf") }
        for row in 0..<columns {
          for column in 0..<n { R[row * n + column] = row < k && column >= row ? x[row * n + column] : 0 }
        }
        if m == 0 || columns == 0 { continue }
        for row in 0..<m {
          for column in 0..<columns { Q[row * columns + column] = column < k ? x[row * n + column] : 0 }
        }
        if k > 0 {
          check(LAPACK.orglq(m: columns, n: m, k: k, a: Q, lda: columns, tau: &tau), "orglq")
        } else {
          for row in 0..<m { Q[row * columns + row] = 1 }
        }
      }
    }
    return (q, r)
  }
}

/// LAPACK refuses an argument only by a mistake of this library, or for want of workspace.
func check(_ info: Int, _ routine: String) {
  if info != 0 { fatalError("\(routine): LAPACK returned \(info), which no argument given here can cause") }
}
