import CKernels

/// Helpers over stacks of contiguous row-major matrices.
package enum MatrixStack {
  /// Matrices up to this order have kernels of their own, without LAPACK.
  package static let smallOrder = Int(CK_SMALL_MATRIX)

  /// The first element that is NaN or infinite.
  package static func firstNonFinite(
    _ type: ElementType, _ buffer: Buffer, rows: Int, columns: Int, count: Int
  ) -> (batch: Int, row: Int, column: Int)? {
    func scan<Element: LAPACKElement>(_: Element.Type) -> (batch: Int, row: Int, column: Int)? {
      let memory = buffer.baseAddress.assumingMemoryBound(to: Element.self)
      let size = rows * columns
      // x · 0 is NaN exactly for what is not finite; a sum over many finds that there is nothing to find.
      for start in stride(from: 0, to: count * size, by: 4096) {
        let end = min(count * size, start + 4096)
        var (a, b, c, d) = (Element.zero, Element.zero, Element.zero, Element.zero)
        var index = start
        while index + 4 <= end {
          a += memory[index] * 0
          b += memory[index + 1] * 0
          c += memory[index + 2] * 0
          d += memory[index + 3] * 0
          index += 4
        }
        while index < end {
          a += memory[index] * 0
          index += 1
        }
        if a + b + c + d != 0, let place = (start..<end).first(where: { !memory[$0].isFinite }) {
          return (place / size, place % size / columns, place % columns)
        }
      }
      return nil
    }
    return type == .float32 ? scan(Float.self) : scan(Double.self)
  }

  /// Whether all elements of one matrix of a stack are finite.
  static func isFinite(_ type: ElementType, _ buffer: Buffer, _ index: Int, size: Int) -> Bool {
    func look<Element: LAPACKElement>(_: Element.Type) -> Bool {
      let memory = buffer.baseAddress.assumingMemoryBound(to: Element.self) + index * size
      return (0..<size).allSatisfy { memory[$0].isFinite }
    }
    return type == .float32 ? look(Float.self) : look(Double.self)
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

  /// Copies elements; whether all are finite.
  static func copyChecked<Element: LAPACKElement>(
    _ source: UnsafePointer<Element>, into target: UnsafeMutablePointer<Element>, count: Int
  ) -> Bool {
    MemoryLayout<Element>.size == 4
      ? ck_copy_checked_32(target, source, Int64(count)) : ck_copy_checked_64(target, source, Int64(count))
  }

  /// The transpose of a rows × columns matrix whose rows are `rowStride` apart (`columns` if not given).
  static func transpose<Element: LAPACKElement>(
    _ source: UnsafePointer<Element>, rows: Int, columns: Int, rowStride: Int? = nil,
    into target: UnsafeMutablePointer<Element>
  ) {
    let stride = Int64(rowStride ?? columns)
    if MemoryLayout<Element>.size == 4 {
      ck_transpose_32(source, stride, target, Int64(rows), Int64(columns))
    } else {
      ck_transpose_64(source, stride, target, Int64(rows), Int64(columns))
    }
  }
}

/// Where a routine stopped: the matrix, and LAPACK's `info`.
package struct Failure {
  package let batch: Int
  package let info: Int
}
