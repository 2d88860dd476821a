/// Products that are symmetric by construction.
package enum SymmetricProduct {
  /// Xᵀ·X for each m × n matrix of a contiguous stack: `syrk` for one triangle, copied to the other.
  package static func gram(_ type: ElementType, m: Int, n: Int, count: Int, _ x: Buffer) -> Buffer {
    let result = Buffer(byteCount: count * n * n * type.size)
    if n == 0 || count == 0 { return result }
    func run<Element: LAPACKElement>(_: Element.Type) {
      let source = x.baseAddress.assumingMemoryBound(to: Element.self)
      let target = result.baseAddress.assumingMemoryBound(to: Element.self)
      for index in 0..<count {
        let c = target + index * n * n
        if m == 0 {
          c.update(repeating: 0, count: n * n)
        } else {
          BLAS.syrk(
            triangle: .upper, transpose: .yes, n: n, k: m, a: source + index * m * n, lda: n, c: c, ldc: n)
        }
        for row in 0..<n { for column in row + 1..<max(n, row + 1) { c[column * n + row] = c[row * n + column] } }
      }
    }
    if type == .float32 { run(Float.self) } else { run(Double.self) }
    return result
  }
}
