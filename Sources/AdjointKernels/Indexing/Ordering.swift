import CKernels

/// Positions along one axis by the order of the elements.
///
/// Arrays are contiguous and seen as (outer, count, inner). NaN counts as larger than every number, as in PyTorch and
/// NumPy's sort; equal elements keep their order.
public enum Ordering {
  /// The position of the first largest (or smallest) element along the axis; the first NaN if there is one.
  public static func extremePositions(
    _ x: Buffer, _ type: ElementType, outer: Int, count: Int, inner: Int, largest: Bool
  ) -> Buffer {
    let positions = Buffer(byteCount: outer * inner * MemoryLayout<Int64>.stride)
    nonisolated(unsafe) let (memory, result) = (
      x.baseAddress, positions.baseAddress.assumingMemoryBound(to: Int64.self)
    )
    if outer * inner == 0 { return positions }
    if type == .bool {
      // Bytes have no reduction of their own: true is the first that is not 0.
      return lines(x, UInt8.self, outer, count, inner, results: 1) { line, result in
        result[0] = Int64((0..<count).first { (line[$0] != 0) == largest } ?? 0)
      }
    }
    @Sendable func find(_ first: Int, _ rows: Int, _ length: Int, _ target: UnsafeMutablePointer<Int64>) {
      ck_extreme_positions(
        type.rawValue, memory + first * type.size, Int64(rows), Int64(length), Int64(inner), largest, target)
    }
    let block = 1 << 16
    if outer == 1 && inner == 1 && count > 2 * block {
      // A long row in pieces; the extreme of their extremes is the row's, and pieces are in order.
      let pieces = (count + block - 1) / block
      var found = [Int64](repeating: 0, count: pieces)
      found.withUnsafeMutableBufferPointer { found in
        nonisolated(unsafe) let found = found.baseAddress!
        Parallelism.forEachBlock(pieces) { piece in
          find(piece * block, 1, min(block, count - piece * block), found + piece)
          found[piece] += Int64(piece * block)
        }
      }
      let candidates = Indexing.gather(
        x, type, index: Buffer.of(found), outer: 1, extent: count, count: pieces, inner: 1)
      var best: Int64 = 0
      ck_extreme_positions(type.rawValue, candidates.baseAddress, 1, Int64(pieces), 1, largest, &best)
      result[0] = found[Int(best)]
      return positions
    }
    let slab = max(1, block / max(count * inner, 1))
    Parallelism.forEachBlock((outer + slab - 1) / slab) { index in
      let rows = index * slab..<min(outer, (index + 1) * slab)
      find(rows.lowerBound * count * inner, rows.count, count, result + rows.lowerBound * inner)
    }
    return positions
  }

  /// The positions of the elements along the axis in ascending (or descending) order: the first `kept` of them.
  public static func sortedPositions(
    _ x: Buffer, _ type: ElementType, outer: Int, count: Int, inner: Int, descending: Bool, kept: Int
  ) -> Buffer {
    func run<Element: BitwiseCopyable>(_: Element.Type, _ isLess: @escaping (Element, Element) -> Bool) -> Buffer {
      var order = Array(0..<count)
      return lines(x, Element.self, outer, count, inner, results: kept) { line, result in
        for k in 0..<count { order[k] = k }
        // Positions break ties: the order is total, so that any sort is a stable one.
        if descending {
          order.sort { isLess(line[$1], line[$0]) || (!isLess(line[$0], line[$1]) && $0 < $1) }
        } else {
          order.sort { isLess(line[$0], line[$1]) || (!isLess(line[$1], line[$0]) && $0 < $1) }
        }
        for k in 0..<kept { result[k * inner] = Int64(order[k]) }
      }
    }
    switch type {
    case .float32: return run(Float.self) { $0 < $1 || ($1.isNaN && !$0.isNaN) }
    case .float64: return run(Double.self) { $0 < $1 || ($1.isNaN && !$0.isNaN) }
    case .int64: return run(Int64.self, <)
    case .int32: return run(Int32.self, <)
    case .bool: return run(UInt8.self, <)
    }
  }

  /// The position of the lower median along the axis: of the element that ⌊(count − 1)/2⌋ others precede in order, or of
  /// the first NaN.
  public static func medianPositions(_ x: Buffer, _ type: ElementType, outer: Int, count: Int, inner: Int) -> Buffer {
    func run<Element: BitwiseCopyable>(
      _: Element.Type, _ isLess: @escaping (Element, Element) -> Bool, _ isNaN: @escaping (Element) -> Bool
    ) -> Buffer {
      var order = Array(0..<count)
      return lines(x, Element.self, outer, count, inner, results: 1) { line, result in
        if let nan = (0..<count).first(where: { isNaN(line[$0]) }) {
          result[0] = Int64(nan)
          return
        }
        for k in 0..<count { order[k] = k }
        order.sort { isLess(line[$0], line[$1]) || (!isLess(line[$1], line[$0]) && $0 < $1) }
        result[0] = Int64(order[(count - 1) / 2])
      }
    }
    switch type {
    case .float32: return run(Float.self, <, \.isNaN)
    case .float64: return run(Double.self, <, \.isNaN)
    case .int64: return run(Int64.self, <, { _ in false })
    case .int32: return run(Int32.self, <, { _ in false })
    case .bool: return run(UInt8.self, <, { _ in false })
    }
  }

  /// Elements along an axis.
  struct Line<Element: BitwiseCopyable> {
    let base: UnsafeMutablePointer<Element>
    let step: Int

    @inline(__always) subscript(index: Int) -> Element { base[index * step] }
  }

  @inline(__always)
  static func lines<Element: BitwiseCopyable>(
    _ x: Buffer, _: Element.Type, _ outer: Int, _ count: Int, _ inner: Int, results: Int,
    _ body: (Line<Element>, UnsafeMutablePointer<Int64>) -> Void
  ) -> Buffer {
    let positions = Buffer(byteCount: outer * results * inner * MemoryLayout<Int64>.stride)
    let x = x.baseAddress.assumingMemoryBound(to: Element.self)
    let result = positions.baseAddress.assumingMemoryBound(to: Int64.self)
    for o in 0..<outer {
      for i in 0..<inner {
        body(Line(base: x + o * count * inner + i, step: inner), result + o * results * inner + i)
      }
    }
    return positions
  }
}
