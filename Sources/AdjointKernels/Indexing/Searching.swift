/// Places of values in sorted lines.
extension Ordering {
  /// For each of `values` (lines × count), how many elements of its line of `sorted` (lines × extent, or one line for all) come
  /// before it: those smaller than it, and equal ones too if `afterEqual`. NaN is larger than every number.
  public static func searchPositions(
    _ sorted: Buffer, _ values: Buffer, _ type: ElementType, lines: Int, extent: Int, count: Int, isShared: Bool,
    afterEqual: Bool
  ) -> Buffer {
    let positions = Buffer(byteCount: lines * count * MemoryLayout<Int64>.stride)
    let result = positions.baseAddress.assumingMemoryBound(to: Int64.self)
    func run<Element: BitwiseCopyable>(_: Element.Type, _ isLess: (Element, Element) -> Bool) {
      let (line, value) = (
        sorted.baseAddress.assumingMemoryBound(to: Element.self),
        values.baseAddress.assumingMemoryBound(to: Element.self)
      )
      for row in 0..<lines {
        let start = isShared ? 0 : row * extent
        for k in 0..<count {
          let wanted = value[row * count + k]
          var (low, high) = (0, extent)
          while low < high {
            let middle = (low + high) / 2
            let isBefore = afterEqual ? !isLess(wanted, line[start + middle]) : isLess(line[start + middle], wanted)
            if isBefore { low = middle + 1 } else { high = middle }
          }
          result[row * count + k] = Int64(low)
        }
      }
    }
    switch type {
    case .float32: run(Float.self) { $0 < $1 || ($1.isNaN && !$0.isNaN) }
    case .float64: run(Double.self) { $0 < $1 || ($1.isNaN && !$0.isNaN) }
    case .int64: run(Int64.self, <)
    case .int32: run(Int32.self, <)
    case .bool: run(UInt8.self, <)
    }
    return positions
  }
}
