/// Products and extremes at places along one axis that an array of indices names.
extension Indexing {
  /// What is done with the elements that meet at a place.
  public enum Combination: Int, Sendable {
    case product, maximum, minimum
  }

  /// target[o, index[o, k, i], i] = the combination of itself and source[o, k, i], in the order of k; NaN stays. For products of
  /// Float and Double there is ``scatterProducts(into:_:_:source:_:)``.
  public static func scatterCombine(
    into target: Buffer, _ type: ElementType, index: Buffer, source: Buffer, outer: Int, extent: Int, count: Int,
    inner: Int, _ combination: Combination, operation: String = "scatterReduce"
  ) {
    func run<Element>(_: Element.Type, _ combine: (Element, Element) -> Element) {
      scatterEach(
        Element.self, into: target, index: index, source: source, outer: outer, extent: extent, count: count,
        inner: inner, operation: operation, combine)
    }
    func floating<Element: BinaryFloatingPoint>(_: Element.Type) {
      switch combination {
      case .product: run(Element.self, *)
      case .maximum: run(Element.self) { $0.isNaN || $0 > $1 ? $0 : $1 }
      case .minimum: run(Element.self) { $0.isNaN || $0 < $1 ? $0 : $1 }
      }
    }
    func whole<Element: FixedWidthInteger>(_: Element.Type) {
      switch combination {
      case .product: run(Element.self, &*)
      case .maximum: run(Element.self) { Swift.max($0, $1) }
      case .minimum: run(Element.self) { Swift.min($0, $1) }
      }
    }
    switch type {
    case .float32: floating(Float.self)
    case .float64: floating(Double.self)
    case .int64: whole(Int64.self)
    case .int32: whole(Int32.self)
    case .bool: whole(UInt8.self)
    }
  }
}
