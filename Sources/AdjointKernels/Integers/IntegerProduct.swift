/// Products of integer matrices, which BLAS does not have; sums wrap.
public enum IntegerProduct {
  /// c[b] = a[b] · b[b] for every pair of a batch, m × k by k × n; all matrices lie row by row.
  public static func run(
    _ type: ElementType, m: Int, n: Int, k: Int, _ a: MatrixOperand, _ b: MatrixOperand, into c: Buffer
  ) {
    func run<Element: FixedWidthInteger & BitwiseCopyable & SendableMetatype>(_: Element.Type) {
      nonisolated(unsafe) let left = a.buffer.baseAddress.assumingMemoryBound(to: Element.self) + a.offset
      nonisolated(unsafe) let right = b.buffer.baseAddress.assumingMemoryBound(to: Element.self) + b.offset
      nonisolated(unsafe) let result = c.baseAddress.assumingMemoryBound(to: Element.self)
      // A band of B stays in the cache while rows of C go by; every row is one thread's.
      let (rows, band) = (32, 128)
      let blocks = (m + rows - 1) / rows
      Parallelism.forEachBlock(a.batchOffsets.count * blocks) { index in
        let (pair, block) = (index / blocks, index % blocks)
        let (from, with) = (left + a.batchOffsets[pair], right + b.batchOffsets[pair])
        let to = result + pair * m * n
        let own = (block * rows)..<min(m, (block + 1) * rows)
        (to + own.lowerBound * n).initialize(repeating: 0, count: own.count * n)
        for start in stride(from: 0, to: k, by: band) {
          for i in own {
            let sums = to + i * n
            for p in start..<min(k, start + band) {
              let factor = from[i * k + p]
              let row = with + p * n
              for j in 0..<n { sums[j] &+= factor &* row[j] }
            }
          }
        }
      }
    }
    switch type {
    case .int64: run(Int64.self)
    case .int32: run(Int32.self)
    default: fatalError("matmul: elements of type \(type) cannot be multiplied as integers")
    }
  }
}
