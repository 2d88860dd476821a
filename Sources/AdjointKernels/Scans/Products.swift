import CKernels

/// Products along one axis of Float and Double arrays, which overflow or underflow only where the result does.
///
/// Arrays are contiguous and seen as (outer, count, inner).
public enum Products {
  /// As many elements as one block multiplies: blocks depend on the shape alone.
  private static let block = 1 << 15

  /// y = x[0] · … · x[count − 1].
  ///
  /// Plain products, in the order of a reduction's; where one of a block left the type's range, with exponents of their own.
  public static func products(_ x: Buffer, _ type: ElementType, _ extents: Scans.Extents) -> Buffer {
    type == .float32 ? products(x, Float.self, type, extents) : products(x, Double.self, type, extents)
  }

  private static func products<Element: BinaryFloatingPoint & BitwiseCopyable & SendableMetatype>(
    _ x: Buffer, _: Element.Type, _ type: ElementType, _ extents: Scans.Extents
  ) -> Buffer {
    let (outer, count, inner) = (extents.outer, extents.count, extents.inner)
    let result = Buffer(byteCount: outer * inner * MemoryLayout<Element>.stride)
    nonisolated(unsafe) let x = x.baseAddress.assumingMemoryBound(to: Element.self)
    nonisolated(unsafe) let y = result.baseAddress.assumingMemoryBound(to: Element.self)
    if outer * inner == 0 { return result }
    let length = max(1, block / inner)
    if count <= length || inner > block {
      // Whole lines, many at a time.
      let lines = max(1, block / max(count * inner, 1))
      Parallelism.forEachBlock((outer + lines - 1) / lines) { index in
        let first = index * lines
        let rows = min(lines, outer - first)
        multiply(x + first * count * inner, rows, count, inner, type, y + first * inner)
      }
      return result
    }
    let parts = (count + length - 1) / length
    let partial = Buffer(byteCount: parts * inner * MemoryLayout<ScaledNumber>.stride)
    nonisolated(unsafe) let factors = partial.baseAddress.bindMemory(to: ScaledNumber.self, capacity: parts * inner)
    for line in 0..<outer {
      Parallelism.forEachBlock(parts) { part in
        let start = part * length
        let from = x + (line * count + start) * inner
        let rows = min(length, count - start)
        withUnsafeTemporaryAllocation(of: Element.self, capacity: inner) { plain in
          let isSafe = ck_plain_products(type.rawValue, from, 1, Int64(rows), Int64(inner), plain.baseAddress)
          for i in 0..<inner {
            factors[part * inner + i] = isSafe ? ScaledNumber(Double(plain[i])) : scaled(from + i, rows, inner, type)
          }
        }
      }
      for i in 0..<inner {
        var product = ScaledNumber.one
        for part in 0..<parts { product = product * factors[part * inner + i] }
        y[line * inner + i] = Element(product.value)
      }
    }
    return result
  }

  private static func multiply<Element: BinaryFloatingPoint & BitwiseCopyable & SendableMetatype>(
    _ x: UnsafeMutablePointer<Element>, _ rows: Int, _ count: Int, _ inner: Int, _ type: ElementType,
    _ y: UnsafeMutablePointer<Element>
  ) {
    if ck_plain_products(type.rawValue, x, Int64(rows), Int64(count), Int64(inner), y) { return }
    for row in 0..<rows {
      for i in 0..<inner { y[row * inner + i] = Element(scaled(x + row * count * inner + i, count, inner, type).value) }
    }
  }

  private static func scaled<Element: BinaryFloatingPoint & BitwiseCopyable & SendableMetatype>(
    _ x: UnsafeMutablePointer<Element>, _ count: Int, _ step: Int, _ type: ElementType
  ) -> ScaledNumber {
    var (significand, exponent): (Double, Int64) = (1, 0)
    if step == 1, ck_scaled_product(type.rawValue, x, Int64(count), &significand, &exponent) {
      return ScaledNumber(significand, exponent: Int(exponent))
    }
    var product = ScaledNumber.one
    for k in 0..<count { product = product * ScaledNumber(Double(x[k * step])) }
    return product
  }

  /// The products of the other elements along the axis, or their derivatives.
  ///
  /// With tangents t₁ … tₙ, y[j] = Σ t₁[k₁] ⋯ tₙ[kₙ] · Π x[i] over all places k that differ from each other and from j, where i
  /// runs over what is left: the derivative of order n + 1 of Π x. The elements before j and those behind it have such sums for
  /// every subset of the tangents, which follow from one element to the next; a place's own is made of pairs of them.
  ///
  /// - Complexity: O(n·2ⁿ) steps an element.
  public static func ofOthers(
    _ x: Buffer, _ tangents: [Buffer], _ type: ElementType, _ extents: Scans.Extents
  ) -> Buffer {
    type == .float32
      ? ofOthers(x, tangents, Float.self, extents) : ofOthers(x, tangents, Double.self, extents)
  }

  /// Without tangents, which is what a gradient takes.
  private static func ofOthers<Element: BinaryFloatingPoint & BitwiseCopyable & SendableMetatype>(
    _ x: Buffer, _: Element.Type, _ extents: Scans.Extents
  ) -> Buffer {
    let (count, inner) = (extents.count, extents.inner)
    let result = Buffer(byteCount: extents.outer * count * inner * MemoryLayout<Element>.stride)
    nonisolated(unsafe) let (x, y) = (
      x.baseAddress.assumingMemoryBound(to: Element.self), result.baseAddress.assumingMemoryBound(to: Element.self)
    )
    let lines = extents.outer * inner
    if lines * count == 0 { return result }
    Parallelism.forEachRange(count: lines, cost: 4 * count) { range in
      let memory = Buffer(byteCount: count * MemoryLayout<ScaledNumber>.stride)
      for line in range {
        let first = line / inner * count * inner + line % inner
        if !plainOthers(x + first, y + first, count, inner, memory) {
          scaledOthers(x + first, y + first, count, inner, memory)
        }
      }
    }
    return result
  }

  /// The products of the others of a line; false where a product of those before or behind comes near the ends of Double's range,
  /// or is 0.
  @inline(__always)
  private static func plainOthers<Element: BinaryFloatingPoint & BitwiseCopyable>(
    _ x: UnsafeMutablePointer<Element>, _ y: UnsafeMutablePointer<Element>, _ count: Int, _ step: Int, _ memory: Buffer
  ) -> Bool {
    let before = memory.baseAddress.assumingMemoryBound(to: Double.self)
    var (product, least, most) = (1.0, 1.0, 1.0)
    for k in 0..<count {
      before[k] = product
      product *= Double(x[k * step])
      // NaN is neither, and stays in the product.
      (least, most) = (Swift.min(least, product.magnitude), Swift.max(most, product.magnitude))
    }
    guard product == product && least > 0x1p-500 && most < 0x1p500 else { return false }
    product = 1
    for k in (0..<count).reversed() {
      y[k * step] = Element(before[k] * product)
      product *= Double(x[k * step])
      (least, most) = (Swift.min(least, product.magnitude), Swift.max(most, product.magnitude))
    }
    return least > 0x1p-500 && most < 0x1p500
  }

  private static func scaledOthers<Element: BinaryFloatingPoint & BitwiseCopyable>(
    _ x: UnsafeMutablePointer<Element>, _ y: UnsafeMutablePointer<Element>, _ count: Int, _ step: Int, _ memory: Buffer
  ) {
    let before = memory.baseAddress.assumingMemoryBound(to: ScaledNumber.self)
    var product = ScaledNumber.one
    for k in 0..<count {
      before[k] = product
      product = product * ScaledNumber(Double(x[k * step]))
    }
    product = .one
    for k in (0..<count).reversed() {
      y[k * step] = Element((before[k] * product).value)
      product = product * ScaledNumber(Double(x[k * step]))
    }
  }

  private static func ofOthers<Element: BinaryFloatingPoint & BitwiseCopyable & SendableMetatype>(
    _ x: Buffer, _ tangents: [Buffer], _: Element.Type, _ extents: Scans.Extents
  ) -> Buffer {
    if tangents.isEmpty { return ofOthers(x, Element.self, extents) }
    let (count, inner) = (extents.count, extents.inner)
    let result = Buffer(byteCount: extents.outer * count * inner * MemoryLayout<Element>.stride)
    let x = x.baseAddress.assumingMemoryBound(to: Element.self)
    let t = tangents.map { $0.baseAddress.assumingMemoryBound(to: Element.self) }
    let y = result.baseAddress.assumingMemoryBound(to: Element.self)
    let subsets = 1 << t.count
    let before = Buffer(byteCount: count * subsets * MemoryLayout<ScaledNumber>.stride)
    let sums = before.baseAddress.bindMemory(to: ScaledNumber.self, capacity: count * subsets)
    var state = [ScaledNumber](repeating: .zero, count: subsets)

    /// Goes past an element: what held for the elements so far then holds for those with it.
    func pass(_ at: Int) {
      let element = ScaledNumber(Double(x[at]))
      // Larger subsets first: each needs the smaller ones as they were.
      for subset in (0..<subsets).reversed() {
        var sum = state[subset] * element
        for k in t.indices where subset >> k & 1 == 1 {
          sum = sum + state[subset & ~(1 << k)] * ScaledNumber(Double(t[k][at]))
        }
        state[subset] = sum
      }
    }
    func restart() {
      for subset in 0..<subsets { state[subset] = subset == 0 ? .one : .zero }
    }
    for outer in 0..<extents.outer {
      for i in 0..<inner {
        let first = outer * count * inner + i
        restart()
        for k in 0..<count {
          for subset in 0..<subsets { sums[k * subsets + subset] = state[subset] }
          pass(first + k * inner)
        }
        restart()
        for k in (0..<count).reversed() {
          var sum = ScaledNumber.zero
          for subset in 0..<subsets { sum = sum + sums[k * subsets + subset] * state[subsets - 1 - subset] }
          y[first + k * inner] = Element(sum.value)
          pass(first + k * inner)
        }
      }
    }
    return result
  }
}
