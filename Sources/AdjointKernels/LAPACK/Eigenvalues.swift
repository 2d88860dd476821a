/// Eigenvalues and eigenvectors of stacks of row-major matrices.
package enum Eigendecomposition {
  /// Values ascending and vectors of symmetric matrices, of which the lower triangle is read.
  ///
  /// The memory is a symmetric matrix either way; the vectors come out one per row (the transpose of V).
  package static func symmetric(
    _ type: ElementType, n: Int, count: Int, _ a: Buffer, vectors: Bool
  ) -> (values: Buffer, rows: Buffer, failure: Failure?) {
    type == .float32 ? symmetric(Float.self, n, count, a, vectors) : symmetric(Double.self, n, count, a, vectors)
  }

  private static func symmetric<Element: LAPACKElement>(
    _: Element.Type, _ n: Int, _ count: Int, _ a: Buffer, _ vectors: Bool
  ) -> (values: Buffer, rows: Buffer, failure: Failure?) {
    let size = MemoryLayout<Element>.size
    let values = Buffer(byteCount: count * n * size)
    let rows = MatrixStack.copy(a, byteCount: count * n * n * size)
    if n == 0 { return (values, rows, nil) }
    let (w, x) = (
      values.baseAddress.assumingMemoryBound(to: Element.self), rows.baseAddress.assumingMemoryBound(to: Element.self)
    )
    var failure: Failure?
    for index in 0..<count {
      let info = LAPACK.syevd(
        vectors: vectors, triangle: .upper, n: n, a: x + index * n * n, lda: n, w: w + index * n)
      if info != 0 {
        if failure == nil { failure = Failure(batch: index, info: info) }
        (x + index * n * n).update(repeating: .nan, count: n * n)
        (w + index * n).update(repeating: .nan, count: n)
      }
    }
    return (values, rows, failure)
  }

  /// Values and vectors of general matrices, as real and imaginary parts; the vectors one per row.
  ///
  /// The memory is Aᵀ to LAPACK, and the conjugates of its left eigenvectors are the right ones of A.
  package static func general(
    _ type: ElementType, n: Int, count: Int, _ a: Buffer, vectors: Bool
  ) -> (real: Buffer, imaginary: Buffer, realRows: Buffer, imaginaryRows: Buffer, failure: Failure?) {
    type == .float32 ? general(Float.self, n, count, a, vectors) : general(Double.self, n, count, a, vectors)
  }

  private static func general<Element: LAPACKElement>(
    _: Element.Type, _ n: Int, _ count: Int, _ a: Buffer, _ vectors: Bool
  ) -> (real: Buffer, imaginary: Buffer, realRows: Buffer, imaginaryRows: Buffer, failure: Failure?) {
    let size = MemoryLayout<Element>.size
    let work = MatrixStack.copy(a, byteCount: count * n * n * size)
    let (real, imaginary) = (Buffer(byteCount: count * n * size), Buffer(byteCount: count * n * size))
    let (realRows, imaginaryRows) = (Buffer(byteCount: count * n * n * size), Buffer(byteCount: count * n * n * size))
    if n == 0 { return (real, imaginary, realRows, imaginaryRows, nil) }
    func pointer(_ buffer: Buffer) -> UnsafeMutablePointer<Element> {
      buffer.baseAddress.assumingMemoryBound(to: Element.self)
    }
    let (x, wr, wi, vr, vi) = (
      pointer(work), pointer(real), pointer(imaginary), pointer(realRows), pointer(imaginaryRows)
    )
    var failure: Failure?
    for index in 0..<count {
      let (re, im) = (vr + index * n * n, vi + index * n * n)
      let info = LAPACK.geev(
        n: n, a: x + index * n * n, lda: n, wr: wr + index * n, wi: wi + index * n, vl: vectors ? re : nil, ldvl: n)
      if info != 0 {
        if failure == nil { failure = Failure(batch: index, info: info) }
        continue
      }
      guard vectors else { continue }
      im.update(repeating: 0, count: n * n)
      var j = 0
      while j < n {
        if wi[index * n + j] == 0 || j + 1 == n {
          j += 1
          continue
        }
        // LAPACK keeps a conjugate pair as real part and imaginary part, of the value above the axis.
        for i in 0..<n {
          let part = re[(j + 1) * n + i]
          im[j * n + i] = -part
          im[(j + 1) * n + i] = part
          re[(j + 1) * n + i] = re[j * n + i]
        }
        j += 2
      }
    }
    return (real, imaginary, realRows, imaginaryRows, failure)
  }
}
