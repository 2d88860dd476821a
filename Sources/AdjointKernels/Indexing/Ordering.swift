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
    func run<Element: OrderedElement, Place: FixedWidthInteger & BitwiseCopyable & Sendable & SendableMetatype>(
      _: Element.Type, _: Place.Type
    ) -> Buffer {
      typealias Sort = RadixSort<Element.Key, Place>
      let flip: Element.Key = descending ? .max : 0
      return keyedLines(x, Element.self, Place.self, outer, count, inner, results: kept, arrays: 2) {
        line, entries, result in
        for k in 0..<count {
          entries[k] = Sort.Entry(key: line[k].orderingKey ^ flip, place: Place(truncatingIfNeeded: k))
        }
        let sorted = Sort.sort(entries, entries + count, count: count)
        for k in 0..<kept { result[k * inner] = Int64(sorted[k].place) }
      }
    }
    let isShort = count <= Int(UInt32.max)
    switch type {
    case .float32: return isShort ? run(Float.self, UInt32.self) : run(Float.self, UInt64.self)
    case .float64: return run(Double.self, UInt64.self)
    case .int64: return run(Int64.self, UInt64.self)
    case .int32: return isShort ? run(Int32.self, UInt32.self) : run(Int32.self, UInt64.self)
    case .bool: return run(UInt8.self, UInt64.self)
    }
  }

  /// The position of the lower median along the axis: of the element that ⌊(count − 1)/2⌋ others precede in order, or of
  /// the first NaN.
  public static func medianPositions(_ x: Buffer, _ type: ElementType, outer: Int, count: Int, inner: Int) -> Buffer {
    func run<Element: OrderedElement>(_: Element.Type) -> Buffer {
      typealias Sort = RadixSort<Element.Key, UInt64>
      return keyedLines(x, Element.self, UInt64.self, outer, count, inner, results: 1, arrays: 1) {
        line, entries, result in
        for k in 0..<count {
          let element = line[k]
          if element.isNaN {
            result[0] = Int64(k)
            return
          }
          entries[k] = Sort.Entry(key: element.orderingKey, place: UInt64(k))
        }
        result[0] = Int64(Sort.select(entries, count: count, rank: (count - 1) / 2))
      }
    }
    switch type {
    case .float32: return run(Float.self)
    case .float64: return run(Double.self)
    case .int64: return run(Int64.self)
    case .int32: return run(Int32.self)
    case .bool: return run(UInt8.self)
    }
  }

  /// Runs `body` for each line along the axis, with memory for as many arrays of keys as it asks for, lines side by side.
  @inline(__always)
  private static func keyedLines<
    Element: OrderedElement, Place: FixedWidthInteger & BitwiseCopyable & Sendable & SendableMetatype
  >(
    _ x: Buffer, _: Element.Type, _: Place.Type, _ outer: Int, _ count: Int, _ inner: Int, results: Int, arrays: Int,
    _ body: @Sendable (Line<Element>, RadixSort<Element.Key, Place>.Entries, UnsafeMutablePointer<Int64>) -> Void
  ) -> Buffer {
    typealias Entry = KeyedPlace<Element.Key, Place>
    let positions = Buffer(byteCount: outer * results * inner * MemoryLayout<Int64>.stride)
    nonisolated(unsafe) let x = x.baseAddress.assumingMemoryBound(to: Element.self)
    nonisolated(unsafe) let result = positions.baseAddress.assumingMemoryBound(to: Int64.self)
    let lines = outer * inner
    if lines * count == 0 { return positions }
    Parallelism.forEachRange(count: lines, cost: 4 * count) { range in
      let memory = Buffer(byteCount: arrays * count * MemoryLayout<Entry>.stride)
      let entries = memory.baseAddress.bindMemory(to: Entry.self, capacity: arrays * count)
      for line in range {
        let (o, i) = (line / inner, line % inner)
        body(Line(base: x + o * count * inner + i, step: inner), entries, result + o * results * inner + i)
      }
    }
    return positions
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
