// Positions by the order of elements that need no sorting: running extremes, and the kth smallest element.
extension Ordering {
  /// For each place along the axis, the position of the largest (or smallest) element up to there: the last of equal ones, and
  /// the last NaN once there is one.
  public static func runningExtremePositions(
    _ x: Buffer, _ type: ElementType, outer: Int, count: Int, inner: Int, largest: Bool
  ) -> Buffer {
    func run<Element: BitwiseCopyable>(
      _: Element.Type, _ precedes: @escaping (Element, Element) -> Bool, _ isNaN: @escaping (Element) -> Bool
    ) -> Buffer {
      lines(x, Element.self, outer, count, inner, results: count) { line, result in
        var best = 0
        for k in 0..<count {
          // Not before the best one in order: at least as far out.
          let isAhead = largest ? !precedes(line[k], line[best]) : !precedes(line[best], line[k])
          if isNaN(line[k]) || (!isNaN(line[best]) && isAhead) { best = k }
          result[k * inner] = Int64(best)
        }
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

  /// The position of the element along the axis that `rank` others precede in order; NaN is larger than every number.
  ///
  /// Which of equal ones it is follows from the algorithm, Hoare's selection with the median of three, as in PyTorch.
  public static func rankedPositions(
    _ x: Buffer, _ type: ElementType, outer: Int, count: Int, inner: Int, rank: Int
  ) -> Buffer {
    func run<Element: BitwiseCopyable>(_: Element.Type, _ isLarger: @escaping (Element, Element) -> Bool) -> Buffer {
      var order = Array(0..<count)
      return lines(x, Element.self, outer, count, inner, results: 1) { line, result in
        for k in 0..<count { order[k] = k }
        select(rank, &order) { isLarger(line[$0], line[$1]) }
        result[0] = Int64(order[rank])
      }
    }
    switch type {
    case .float32: return run(Float.self) { $0 > $1 || ($0.isNaN && !$1.isNaN) }
    case .float64: return run(Double.self) { $0 > $1 || ($0.isNaN && !$1.isNaN) }
    case .int64: return run(Int64.self, >)
    case .int32: return run(Int32.self, >)
    case .bool: return run(UInt8.self, >)
    }
  }

  /// Puts the item of a rank in its place, with smaller ones before and larger ones behind it.
  private static func select(_ rank: Int, _ items: inout [Int], _ isLarger: (Int, Int) -> Bool) {
    var (low, high) = (0, items.count - 1)
    while low < high {
      if high == low + 1 {
        if isLarger(items[low], items[high]) { items.swapAt(low, high) }
        return
      }
      items.swapAt(low + (high - low) / 2, low + 1)
      if isLarger(items[low + 1], items[high]) { items.swapAt(low + 1, high) }
      if isLarger(items[low], items[high]) { items.swapAt(low, high) }
      if isLarger(items[low + 1], items[low]) { items.swapAt(low + 1, low) }
      var (i, j) = (low + 1, high)
      let pivot = items[low]
      while true {
        repeat { i += 1 } while isLarger(pivot, items[i])
        repeat { j -= 1 } while isLarger(items[j], pivot)
        if j < i { break }
        items.swapAt(i, j)
      }
      items.swapAt(low, j)
      if j <= rank { low = i }
      if j >= rank { high = j - 1 }
    }
  }
}
