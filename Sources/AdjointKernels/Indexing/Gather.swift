/// Reading and adding along one axis at places given by an array of indices.
///
/// Arrays are contiguous and seen as (outer, axis, inner): `index` and its values have the shape
/// (outer, count, inner), the other array (outer, extent, inner).
public enum Indexing {
  /// result[o, k, i] = source[o, index[o, k, i], i].
  public static func gather(
    _ source: Buffer, _ type: ElementType, index: Buffer, outer: Int, extent: Int, count: Int, inner: Int,
    operation: String = "gather"
  ) -> Buffer {
    let result = Buffer(byteCount: outer * count * inner * type.size)
    let places = index.baseAddress.assumingMemoryBound(to: Int64.self)
    func run<Element>(_: Element.Type) {
      let from = source.baseAddress.assumingMemoryBound(to: Element.self)
      let to = result.baseAddress.assumingMemoryBound(to: Element.self)
      for o in 0..<outer {
        for k in 0..<count {
          let row = (o * count + k) * inner
          for i in 0..<inner {
            let place = checked(places[row + i], extent, operation)
            to[row + i] = from[(o * extent + place) * inner + i]
          }
        }
      }
    }
    switch type.size {
    case 1: run(UInt8.self)
    case 4: run(UInt32.self)
    default: run(UInt64.self)
    }
    return result
  }

  /// target[o, index[o, k, i], i] = `combine` of itself and source[o, k, i], in the order of k.
  @inline(__always)
  static func scatterEach<Element>(
    _: Element.Type, into target: Buffer, index: Buffer, source: Buffer, outer: Int, extent: Int, count: Int,
    inner: Int, operation: String, _ combine: (Element, Element) -> Element
  ) {
    let places = index.baseAddress.assumingMemoryBound(to: Int64.self)
    let from = source.baseAddress.assumingMemoryBound(to: Element.self)
    let to = target.baseAddress.assumingMemoryBound(to: Element.self)
    for o in 0..<outer {
      for k in 0..<count {
        let row = (o * count + k) * inner
        for i in 0..<inner {
          let at = (o * extent + checked(places[row + i], extent, operation)) * inner + i
          to[at] = combine(to[at], from[row + i])
        }
      }
    }
  }

  /// target[o, index[o, k, i], i] += source[o, k, i]; equal places add up in the order of k.
  public static func scatterAdd(
    into target: Buffer, _ type: ElementType, index: Buffer, source: Buffer, outer: Int, extent: Int, count: Int,
    inner: Int, operation: String = "scatterAdd"
  ) {
    func run<Element>(_: Element.Type, _ add: (Element, Element) -> Element) {
      scatterEach(
        Element.self, into: target, index: index, source: source, outer: outer, extent: extent, count: count,
        inner: inner, operation: operation, add)
    }
    switch type {
    case .float32: run(Float.self, +)
    case .float64: run(Double.self, +)
    case .int64: run(Int64.self, &+)
    case .int32: run(Int32.self, &+)
    case .bool: run(UInt8.self, |)
    }
  }

  @inline(__always) static func checked(_ index: Int64, _ extent: Int, _ operation: String) -> Int {
    if index < 0 || index >= extent { refuse(index, extent, operation) }
    return Int(index)
  }

  @inline(never) private static func refuse(_ index: Int64, _ extent: Int, _ operation: String) -> Never {
    fatalError("\(operation): index \(index) is out of range for an axis of extent \(extent)")
  }
}
