/// Products of what meets at places along one axis, and their derivatives, which leave the type's range only where the result does.
extension Indexing {
  /// Where elements meet: x[outer, extent, inner] and source[outer, count, inner], each of which goes to the place that index names.
  public struct Meetings {
    let index: Buffer
    let outer, extent, count, inner: Int
    let operation: String

    public init(index: Buffer, outer: Int, extent: Int, count: Int, inner: Int, operation: String = "scatterReduce") {
      (self.index, self.outer, self.extent, self.count, self.inner) = (index, outer, extent, count, inner)
      self.operation = operation
    }

    var targets: Int { outer * extent * inner }
    var sources: Int { outer * count * inner }

    /// Calls `body` with the place of each element of the source in x, in order.
    @inline(__always) func each(_ body: (_ target: Int, _ source: Int) -> Void) {
      let places = index.baseAddress.assumingMemoryBound(to: Int64.self)
      for o in 0..<outer {
        for k in 0..<count {
          let row = (o * count + k) * inner
          for i in 0..<inner {
            body((o * extent + checked(places[row + i], extent, operation)) * inner + i, row + i)
          }
        }
      }
    }
  }

  /// y = x times the elements of the source that meet there, in Float or Double: `target` holds a copy of x.
  public static func scatterProducts(
    into target: Buffer, _ x: Buffer, _ type: ElementType, source: Buffer, _ meetings: Meetings
  ) {
    type == .float32
      ? scatterProducts(Float.self, target, x, source, meetings)
      : scatterProducts(Double.self, target, x, source, meetings)
  }

  private static func scatterProducts<Element: BinaryFloatingPoint>(
    _: Element.Type, _ target: Buffer, _ x: Buffer, _ source: Buffer, _ meetings: Meetings
  ) {
    let (x, y) = (
      x.baseAddress.assumingMemoryBound(to: Element.self), target.baseAddress.assumingMemoryBound(to: Element.self)
    )
    let factors = source.baseAddress.assumingMemoryBound(to: Element.self)
    var hasLeft = false
    meetings.each { at, from in
      let (a, b) = (y[at], factors[from])
      let product = a * b
      let isInside = product.magnitude >= Element.leastNormalMagnitude && product.magnitude < .infinity
      if !isInside && a != 0 && b != 0 { hasLeft = true }
      y[at] = product
    }
    if !hasLeft { return }
    let memory = Buffer(byteCount: meetings.targets * MemoryLayout<ScaledNumber>.stride)
    let products = memory.baseAddress.bindMemory(to: ScaledNumber.self, capacity: meetings.targets)
    for at in 0..<meetings.targets { products[at] = ScaledNumber(Double(x[at])) }
    meetings.each { at, from in products[at] = products[at] * ScaledNumber(Double(factors[from])) }
    for at in 0..<meetings.targets { y[at] = Element(products[at].value) }
    _ = consume memory
  }

  /// For each element of x, or of the source, the product of all others at its place, or the derivatives of these along tangents: those
  /// of ``Products/ofOthers(_:_:_:_:)``, for lines that the index names.
  ///
  /// Lines of similar length are laid beside each other, made equally long by factors of 1.
  public static func othersOfScattered(
    _ x: Buffer, _ source: Buffer, _ tangents: [(x: Buffer, source: Buffer)], _ type: ElementType, _ meetings: Meetings,
    ofSource: Bool
  ) -> Buffer {
    type == .float32
      ? othersOfScattered(Float.self, x, source, tangents, type, meetings, ofSource)
      : othersOfScattered(Double.self, x, source, tangents, type, meetings, ofSource)
  }

  private static func othersOfScattered<Element: BinaryFloatingPoint>(
    _: Element.Type, _ x: Buffer, _ source: Buffer, _ tangents: [(x: Buffer, source: Buffer)], _ type: ElementType,
    _ meetings: Meetings, _ ofSource: Bool
  ) -> Buffer {
    func elements(_ buffer: Buffer) -> UnsafeMutablePointer<Element> {
      buffer.baseAddress.assumingMemoryBound(to: Element.self)
    }
    let result = Buffer(byteCount: (ofSource ? meetings.sources : meetings.targets) * MemoryLayout<Element>.stride)
    let y = elements(result)
    // The power of two that a line is made as long as.
    func width(_ length: Int) -> Int { Int.bitWidth - (length - 1).leadingZeroBitCount }
    // The length of each line, its own element first, and where it lies among those of its class.
    var lengths = [Int](repeating: 1, count: meetings.targets)
    meetings.each { at, _ in lengths[at] += 1 }
    var places = [Int](repeating: 0, count: meetings.targets)
    let classes = width(lengths.max() ?? 1)
    var members = [Int](repeating: 0, count: classes + 1)
    for at in 0..<meetings.targets {
      places[at] = members[width(lengths[at])]
      members[width(lengths[at])] += 1
    }
    for size in 0...classes where members[size] > 0 {
      let (line, total) = (1 << size, members[size] << size)
      func laidOut(_ x: Buffer, _ source: Buffer, _ filling: Element) -> Buffer {
        let lines = Buffer(byteCount: total * MemoryLayout<Element>.stride)
        let to = elements(lines)
        to.initialize(repeating: filling, count: total)
        let (own, others) = (elements(x), elements(source))
        var next = places
        for at in 0..<meetings.targets where width(lengths[at]) == size {
          to[places[at] * line] = own[at]
          next[at] = places[at] * line + 1
        }
        meetings.each { at, from in
          if width(lengths[at]) == size {
            to[next[at]] = others[from]
            next[at] += 1
          }
        }
        return lines
      }
      let others = Products.ofOthers(
        laidOut(x, source, 1), tangents.map { laidOut($0.x, $0.source, 0) }, type,
        Scans.Extents(outer: members[size], count: line, inner: 1))
      let products = elements(others)
      if ofSource {
        var next = places.map { $0 * line + 1 }
        meetings.each { at, from in
          if width(lengths[at]) == size {
            y[from] = products[next[at]]
            next[at] += 1
          }
        }
      } else {
        for at in 0..<meetings.targets where width(lengths[at]) == size { y[at] = products[places[at] * line] }
      }
      _ = consume others
    }
    return result
  }
}
