/// Products that are symmetric by construction.
package enum SymmetricProduct {
  /// Xᵀ·X for each m × n matrix of a contiguous stack: bands of rows from the diagonal on, copied to the other side.
  ///
  /// (BLAS has `syrk` for this. Its bits follow OpenBLAS's number of threads, and the bands are as fast.)
  package static func gram(_ type: ElementType, m: Int, n: Int, count: Int, _ x: Buffer) -> Buffer {
    let result = Buffer(byteCount: count * n * n * type.size)
    if n == 0 || count == 0 { return result }
    func run<Element: LAPACKElement>(_: Element.Type) {
      let source = x.baseAddress.assumingMemoryBound(to: Element.self)
      let target = result.baseAddress.assumingMemoryBound(to: Element.self)
      for index in 0..<count {
        let (matrix, c) = (source + index * m * n, target + index * n * n)
        let band = 96
        for first in stride(from: 0, to: n, by: band) {
          let height = Swift.min(band, n - first)
          Product(
            m: height, n: n - first, k: m, matrix + first, isTransposed: true, leading: n, matrix + first,
            isTransposed: false, leading: n, into: c + first * n + first, rows: n
          ).run()
        }
        for row in 0..<n { for column in row + 1..<max(n, row + 1) { c[column * n + row] = c[row * n + column] } }
      }
    }
    if type == .float32 { run(Float.self) } else { run(Double.self) }
    return result
  }
}
