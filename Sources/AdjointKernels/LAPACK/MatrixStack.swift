import CKernels

/// Helpers over stacks of contiguous row-major matrices.
package enum MatrixStack {
  /// Matrices up to this order have kernels of their own, without LAPACK.
  static let smallOrder = Int(CK_SMALL_MATRIX)

  /// The first matrix of `size` elements that holds NaN or an infinity.
  package static func firstNotFinite(_ type: ElementType, _ buffer: Buffer, size: Int, count: Int) -> Int? {
    func scan<Element: LAPACKElement>(_: Element.Type) -> Int? {
      let memory = buffer.baseAddress.assumingMemoryBound(to: Element.self)
      // x · 0 is NaN exactly for what is not finite; one sum over all finds that there is nothing to find.
      for matrix in 0..<count {
        let base = memory + matrix * size
        var (a, b, c, d) = (Element.zero, Element.zero, Element.zero, Element.zero)
        var index = 0
        while index + 4 <= size {
          a += base[index] * 0
          b += base[index + 1] * 0
          c += base[index + 2] * 0
          d += base[index + 3] * 0
          index += 4
        }
        while index < size {
          a += base[index] * 0
          index += 1
        }
        if a + b + c + d != 0 { return matrix }
      }
      return nil
    }
    return type == .float32 ? scan(Float.self) : scan(Double.self)
  }

  /// The first entry that is not 0.
  static func firstFailure(_ info: UnsafeMutablePointer<Int32>, _ count: Int) -> Failure? {
    for index in 0..<count where info[index] != 0 { return Failure(batch: index, info: Int(info[index])) }
    return nil
  }

  /// A copy that nobody else has.
  static func copy(_ source: Buffer, byteCount: Int) -> Buffer {
    let result = Buffer(byteCount: byteCount)
    if byteCount > 0 { result.baseAddress.copyMemory(from: source.baseAddress, byteCount: byteCount) }
    return result
  }

  /// Runs `body` over ranges of a batch of small problems of about `cost` operations each, in parallel.
  static func forEachRange(count: Int, cost: Int, _ body: (Range<Int>) -> Void) {
    // A block should be worth tens of microseconds.
    let block = max(1, 60_000 / max(cost, 1))
    nonisolated(unsafe) let body = body
    Parallelism.forEachBlock((count + block - 1) / block) { index in
      body(index * block..<min(count, (index + 1) * block))
    }
  }
}

/// Where a routine stopped: the matrix, and LAPACK's positive `info`.
package struct Failure {
  package let batch: Int
  package let info: Int
}
