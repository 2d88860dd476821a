/// Reading, adding and writing whole rows along one axis at places given by a list of indices.
///
/// Arrays are contiguous and seen as (outer, axis, inner); the index has `count` elements, the same for every
/// outer position.
extension Indexing {
  /// result[o, k, …] = source[o, index[k], …].
  public static func rows(
    _ source: Buffer, _ type: ElementType, index: Buffer, outer: Int, extent: Int, count: Int, inner: Int,
    operation: String = "indexSelect"
  ) -> Buffer {
    let result = Buffer(byteCount: outer * count * inner * type.size)
    let places = checkedPlaces(index, count, extent, operation)
    let row = inner * type.size
    nonisolated(unsafe) let (from, to) = (source.baseAddress, result.baseAddress)
    eachRow(outer * count, bytes: row) { k in
      let place = k / count * extent + Int(places[k % count])
      (to + k * row).copyMemory(from: from + place * row, byteCount: row)
    }
    return result
  }

  /// target[o, index[k], …] += source[o, k, …]; equal places add up in the order of k.
  public static func addRows(
    into target: Buffer, _ type: ElementType, index: Buffer, source: Buffer, outer: Int, extent: Int, count: Int,
    inner: Int, operation: String = "indexAdd"
  ) {
    let places = checkedPlaces(index, count, extent, operation)
    func run<Element>(_: Element.Type, _ add: (Element, Element) -> Element) {
      let from = source.baseAddress.assumingMemoryBound(to: Element.self)
      let to = target.baseAddress.assumingMemoryBound(to: Element.self)
      for o in 0..<outer {
        for k in 0..<count {
          let row = from + (o * count + k) * inner
          let sum = to + (o * extent + Int(places[k])) * inner
          for i in 0..<inner { sum[i] = add(sum[i], row[i]) }
        }
      }
    }
    switch type {
    case .float32: run(Float.self, +)
    case .float64: run(Double.self, +)
    case .int64: run(Int64.self, &+)
    case .int32: run(Int32.self, &+)
    case .bool: run(UInt8.self, |)
    }
  }

  /// target[o, index[k], …] = source[o, k, …]; of equal places the last one stays.
  public static func putRows(
    into target: Buffer, _ type: ElementType, index: Buffer, source: Buffer, outer: Int, extent: Int, count: Int,
    inner: Int
  ) {
    let places = checkedPlaces(index, count, extent, "subscript")
    let row = inner * type.size
    for k in 0..<(outer * count) {
      let place = k / count * extent + Int(places[k % count])
      (target.baseAddress + place * row).copyMemory(from: source.baseAddress + k * row, byteCount: row)
    }
  }

  /// target[o, index[o, k, i], i] = source[o, k, i]; of equal places the last one stays.
  public static func scatter(
    into target: Buffer, _ type: ElementType, index: Buffer, source: Buffer, outer: Int, extent: Int, count: Int,
    inner: Int, operation: String = "scatter"
  ) {
    func run<Element>(_: Element.Type) {
      scatterEach(
        Element.self, into: target, index: index, source: source, outer: outer, extent: extent, count: count,
        inner: inner, operation: operation
      ) { $1 }
    }
    switch type.size {
    case 1: run(UInt8.self)
    case 4: run(UInt32.self)
    default: run(UInt64.self)
    }
  }

  /// The places where a mask of `count` bytes is true, in order.
  public static func truePlaces(_ mask: Buffer, count: Int) -> [Int] {
    let bytes = mask.baseAddress.assumingMemoryBound(to: UInt8.self)
    var places: [Int] = []
    for k in 0..<count where bytes[k] != 0 { places.append(k) }
    return places
  }

  private static func checkedPlaces(
    _ index: Buffer, _ count: Int, _ extent: Int, _ operation: String
  ) -> UnsafePointer<Int64> {
    let places = UnsafePointer(index.baseAddress.assumingMemoryBound(to: Int64.self))
    for k in 0..<count { _ = checked(places[k], extent, operation) }
    return places
  }

  /// Calls `body` for every row, on several threads where the rows are worth it.
  private static func eachRow(_ count: Int, bytes: Int, _ body: (Int) -> Void) {
    let block = max(1, 1 << 18 / max(bytes, 1))
    nonisolated(unsafe) let body = body
    Parallelism.forEachBlock((count + block - 1) / block) { index in
      for k in (index * block)..<min(count, (index + 1) * block) { body(k) }
    }
  }
}
