/// The first elements in order, where equal ones come in the order in which PyTorch's `topk` leaves them.
///
/// That order is no rule but the trace of its algorithms: heap selection where few elements of many are wanted
/// (64·k ≤ n), else introspective selection (Musser 1997) of the last one and introspective sorting of those before it,
/// with the choices of the GNU C++ library: the median of the second, the middle and the last element as pivot, insertion
/// sort below 16 elements, heap sort after 2·⌊log₂ n⌋ partitions.
struct Selection<Element: BitwiseCopyable> {
  typealias Entry = (value: Element, place: Int)

  private let entries: UnsafeMutablePointer<Entry>
  private let precedes: (Element, Element) -> Bool

  init(_ entries: UnsafeMutablePointer<Entry>, _ precedes: @escaping (Element, Element) -> Bool) {
    self.entries = entries
    self.precedes = precedes
  }

  /// Puts the first `kept` of `count` entries in order at the front.
  func select(_ kept: Int, of count: Int) {
    if kept == 0 { return }
    if kept * 64 <= count {
      sortByHeap(0, kept, count)
    } else {
      partition(around: kept - 1, of: count)
      sort(kept - 1)
    }
  }

  @inline(__always) private func before(_ a: Int, _ b: Int) -> Bool { precedes(entries[a].value, entries[b].value) }

  @inline(__always) private func exchange(_ a: Int, _ b: Int) {
    let entry = entries[a]
    entries[a] = entries[b]
    entries[b] = entry
  }

  private func depth(_ count: Int) -> Int { 2 * (Int.bitWidth - 1 - count.leadingZeroBitCount) }

  // MARK: Heaps, of `length` entries from `base`, the last in order at the root

  /// Lets a hole sink to a leaf along the later children, and the entry rise from there.
  private func sift(_ base: Int, _ start: Int, _ length: Int, _ entry: Entry) {
    var hole = start
    while hole < (length - 1) / 2 {
      var child = 2 * hole + 2
      if before(base + child, base + child - 1) { child -= 1 }
      entries[base + hole] = entries[base + child]
      hole = child
    }
    if length % 2 == 0 && hole == (length - 2) / 2 {
      entries[base + hole] = entries[base + 2 * hole + 1]
      hole = 2 * hole + 1
    }
    while hole > start {
      let parent = (hole - 1) / 2
      guard precedes(entries[base + parent].value, entry.value) else { break }
      entries[base + hole] = entries[base + parent]
      hole = parent
    }
    entries[base + hole] = entry
  }

  /// Moves the root to `place` and the entry from there into the heap.
  private func replaceRoot(_ base: Int, _ length: Int, with place: Int) {
    let entry = entries[place]
    entries[place] = entries[base]
    sift(base, 0, length, entry)
  }

  /// The first entries of `first ..< end` in `first ..< middle`, as a heap.
  private func selectByHeap(_ first: Int, _ middle: Int, _ end: Int) {
    let length = middle - first
    if length > 1 {
      for start in (0...(length - 2) / 2).reversed() { sift(first, start, length, entries[first + start]) }
    }
    for place in middle..<end where before(place, first) { replaceRoot(first, length, with: place) }
  }

  private func sortByHeap(_ first: Int, _ middle: Int, _ end: Int) {
    selectByHeap(first, middle, end)
    for last in stride(from: middle - 1, to: first, by: -1) { replaceRoot(first, last - first, with: last) }
  }

  // MARK: Partitions

  /// Splits `first ..< end` by the median of three; what is returned begins the second part.
  private func split(_ first: Int, _ end: Int) -> Int {
    let (a, b, c) = (first + 1, first + (end - first) / 2, end - 1)
    let median =
      before(a, b) ? (before(b, c) ? b : before(a, c) ? c : a) : (before(a, c) ? a : before(b, c) ? c : b)
    exchange(first, median)
    let pivot = entries[first].value
    var (low, high) = (first + 1, end)
    while true {
      while precedes(entries[low].value, pivot) { low += 1 }
      high -= 1
      while precedes(pivot, entries[high].value) { high -= 1 }
      if low >= high { return low }
      exchange(low, high)
      low += 1
    }
  }

  private func partition(around target: Int, of count: Int) {
    var (first, end, rest) = (0, count, depth(count))
    while end - first > 3 {
      if rest == 0 {
        selectByHeap(first, target + 1, end)
        return exchange(first, target)
      }
      rest -= 1
      let cut = split(first, end)
      if cut <= target { first = cut } else { end = cut }
    }
    insert(first, end)
  }

  private func sort(_ count: Int) {
    if count == 0 { return }
    sort(0, count, depth(count))
    insert(0, Swift.min(count, 16))
    for place in stride(from: 16, to: count, by: 1) { insert(place, notBefore: nil) }
  }

  /// Parts of at most 16 entries, each part before the next.
  private func sort(_ first: Int, _ end: Int, _ depth: Int) {
    var (end, depth) = (end, depth)
    while end - first > 16 {
      if depth == 0 { return sortByHeap(first, end, end) }
      depth -= 1
      let cut = split(first, end)
      sort(cut, end, depth)
      end = cut
    }
  }

  private func insert(_ first: Int, _ end: Int) {
    for place in stride(from: first + 1, to: end, by: 1) { insert(place, notBefore: first) }
  }

  /// Without a bound an earlier entry stops it for certain.
  private func insert(_ place: Int, notBefore first: Int?) {
    let entry = entries[place]
    var hole = place
    while hole != first, precedes(entry.value, entries[hole - 1].value) {
      entries[hole] = entries[hole - 1]
      hole -= 1
    }
    entries[hole] = entry
  }
}

extension Ordering {
  /// The positions of the `kept` largest (or smallest) elements along the axis in order. NaN counts as larger than
  /// every number; equal elements come as PyTorch's `topk` has them.
  public static func selectedPositions(
    _ x: Buffer, _ type: ElementType, outer: Int, count: Int, inner: Int, largest: Bool, kept: Int
  ) -> Buffer {
    func run<Element: BitwiseCopyable>(
      _: Element.Type, _ precedes: @escaping (Element, Element) -> Bool
    ) -> Buffer {
      withUnsafeTemporaryAllocation(of: Selection<Element>.Entry.self, capacity: max(count, 1)) { memory in
        let entries = memory.baseAddress!
        let selection = Selection(entries, precedes)
        return lines(x, Element.self, outer, count, inner, results: kept) { line, result in
          for k in 0..<count { (entries + k).initialize(to: (line[k], k)) }
          selection.select(kept, of: count)
          for k in 0..<kept { result[k * inner] = Int64(entries[k].place) }
        }
      }
    }
    switch (type, largest) {
    case (.float32, true): return run(Float.self) { $0 > $1 || ($0.isNaN && !$1.isNaN) }
    case (.float32, false): return run(Float.self) { $0 < $1 || (!$0.isNaN && $1.isNaN) }
    case (.float64, true): return run(Double.self) { $0 > $1 || ($0.isNaN && !$1.isNaN) }
    case (.float64, false): return run(Double.self) { $0 < $1 || (!$0.isNaN && $1.isNaN) }
    case (.int64, true): return run(Int64.self, >)
    case (.int64, false): return run(Int64.self, <)
    case (.int32, true): return run(Int32.self, >)
    case (.int32, false): return run(Int32.self, <)
    case (.bool, true): return run(UInt8.self, >)
    case (.bool, false): return run(UInt8.self, <)
    }
  }
}
