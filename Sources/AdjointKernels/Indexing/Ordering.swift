/// Positions along one axis by the order of the elements.
///
/// Arrays are contiguous and seen as (outer, count, inner). NaN counts as larger than every number, as in PyTorch and
/// NumPy's sort; equal elements keep their order.
public enum Ordering {
  /// The position of the first largest (or smallest) element along the axis; the first NaN if there is one.
  public static func extremePositions(
    _ x: Buffer, _ type: ElementType, outer: Int, count: Int, inner: Int, largest: Bool
  ) -> Buffer {
    func run<Element: BitwiseCopyable>(
      _: Element.Type, _ isBetter: (Element, Element) -> Bool, _ isNaN: (Element) -> Bool
    ) -> Buffer {
      lines(x, Element.self, outer, count, inner, results: 1) { line, result in
        var best = 0
        for k in 0..<count {
          if isNaN(line[k]) {
            best = k
            break
          }
          if isBetter(line[k], line[best]) { best = k }
        }
        result[0] = Int64(best)
      }
    }
    switch type {
    case .float32: return run(Float.self, { largest ? $0 > $1 : $0 < $1 }, \.isNaN)
    case .float64: return run(Double.self, { largest ? $0 > $1 : $0 < $1 }, \.isNaN)
    case .int64: return run(Int64.self, { largest ? $0 > $1 : $0 < $1 }, { _ in false })
    case .int32: return run(Int32.self, { largest ? $0 > $1 : $0 < $1 }, { _ in false })
    case .bool: return run(UInt8.self, { largest ? $0 > $1 : $0 < $1 }, { _ in false })
    }
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
