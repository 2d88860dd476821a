/// Running products along one axis of Float and Double arrays, and their derivatives, which leave the type's range only where the
/// result does.
///
/// A line is multiplied in Double; where a product comes near the ends of that range, it is done again with exponents apart.
/// Arrays are contiguous and seen as (outer, count, inner).
public enum RunningProducts {
  /// y[k] = x[0] · … · x[k].
  public static func products(_ x: Buffer, _ type: ElementType, _ extents: Scans.Extents) -> Buffer {
    type == .float32 ? products(x, Float.self, extents) : products(x, Double.self, extents)
  }

  /// Whether a product of two numbers that are not 0 is too large or too small to go on with. NaN is.
  @inline(__always)
  private static func leaves(_ product: Double, _ a: Double, _ b: Double) -> Bool {
    let isInside = product.magnitude > 0x1p-1000 && product.magnitude < 0x1p1000
    return !isInside && a != 0 && b != 0
  }

  private static func products<Element: BinaryFloatingPoint & BitwiseCopyable & SendableMetatype>(
    _ x: Buffer, _: Element.Type, _ extents: Scans.Extents
  ) -> Buffer {
    let (count, inner) = (extents.count, extents.inner)
    let result = Buffer(byteCount: extents.total * MemoryLayout<Element>.stride)
    nonisolated(unsafe) let (x, y) = (
      x.baseAddress.assumingMemoryBound(to: Element.self), result.baseAddress.assumingMemoryBound(to: Element.self)
    )
    if inner > 1 {
      Scans.strips(extents, of: (product: Double, hasLeft: Bool).self) { first, width, states in
        states.initialize(repeating: (1, false), count: width)
        for k in 0..<count {
          let at = first + k * inner
          for i in 0..<width {
            let (before, element) = (states[i].product, Double(x[at + i]))
            let product = before * element
            states[i] = (product, states[i].hasLeft || leaves(product, before, element))
            y[at + i] = Element(product)
          }
        }
        for i in 0..<width where states[i].hasLeft { scaled(x + first + i, y + first + i, count, inner) }
      }
      return result
    }
    Parallelism.forEachRange(count: extents.outer, cost: 4 * count, group: 4) { range in
      @inline(__always) func step(_ product: inout Double, _ hasLeft: inout Bool, _ at: Int) {
        let (before, element) = (product, Double(x[at]))
        product = before * element
        if leaves(product, before, element) { hasLeft = true }
        y[at] = Element(product)
      }
      func finish(_ line: Int, _ hasLeft: Bool) {
        if hasLeft { scaled(x + line * count, y + line * count, count, 1) }
      }
      // Four lines at a time: each waits for itself alone.
      var line = range.lowerBound
      while line + 4 <= range.upperBound {
        var (p0, p1, p2, p3) = (1.0, 1.0, 1.0, 1.0)
        var (l0, l1, l2, l3) = (false, false, false, false)
        for k in 0..<count {
          let at = line * count + k
          step(&p0, &l0, at)
          step(&p1, &l1, at + count)
          step(&p2, &l2, at + 2 * count)
          step(&p3, &l3, at + 3 * count)
        }
        for (offset, hasLeft) in [l0, l1, l2, l3].enumerated() { finish(line + offset, hasLeft) }
        line += 4
      }
      while line < range.upperBound {
        var (product, hasLeft) = (1.0, false)
        for k in 0..<count { step(&product, &hasLeft, line * count + k) }
        finish(line, hasLeft)
        line += 1
      }
    }
    return result
  }

  private static func scaled<Element: BinaryFloatingPoint>(
    _ x: UnsafeMutablePointer<Element>, _ y: UnsafeMutablePointer<Element>, _ count: Int, _ step: Int
  ) {
    var product = ScaledNumber.one
    for k in 0..<count {
      product = product * ScaledNumber(Double(x[k * step]))
      y[k * step] = Element(product.value)
    }
  }

  /// The derivative of order n of the running products along n tangents, from n = 1 on: of y[k] = x[0] · … · x[k], the sum of what is
  /// left when each tangent takes one element's place.
  ///
  /// - Complexity: O(n·2ⁿ) steps an element.
  public static func derivatives(
    _ x: Buffer, _ tangents: [Buffer], _ type: ElementType, _ extents: Scans.Extents
  ) -> Buffer {
    type == .float32
      ? derivatives(Float.self, x, tangents, nil, extents) : derivatives(Double.self, x, tangents, nil, extents)
  }

  /// The gradient of Σ g[k]·d[k], where d is the derivative of order n of the running products along n tangents.
  ///
  /// An element's is made of pairs: what the elements before it give to some of the tangents, and what those behind it give to the
  /// others.
  public static func gradients(
    _ x: Buffer, _ tangents: [Buffer], _ g: Buffer, _ type: ElementType, _ extents: Scans.Extents
  ) -> Buffer {
    type == .float32
      ? derivatives(Float.self, x, tangents, g, extents) : derivatives(Double.self, x, tangents, g, extents)
  }

  private static func derivatives<Element: BinaryFloatingPoint & BitwiseCopyable & SendableMetatype>(
    _: Element.Type, _ x: Buffer, _ tangents: [Buffer], _ g: Buffer?, _ extents: Scans.Extents
  ) -> Buffer {
    let (count, inner) = (extents.count, extents.inner)
    let result = Buffer(byteCount: extents.total * MemoryLayout<Element>.stride)
    func elements(_ buffer: Buffer) -> UnsafeMutablePointer<Element> {
      buffer.baseAddress.assumingMemoryBound(to: Element.self)
    }
    nonisolated(unsafe) let (x, t, g, y) = (elements(x), tangents.map(elements), g.map(elements), elements(result))
    let lines = extents.outer * inner
    if lines * count == 0 { return result }
    let subsets = 1 << t.count
    Parallelism.forEachRange(count: lines, cost: 4 * count * subsets) { range in
      let memory = Buffer(byteCount: ((g == nil ? 0 : count) + 2) * subsets * MemoryLayout<ScaledNumber>.stride)
      for index in range {
        let first = index / inner * count * inner + index % inner
        let line = ProductLine(
          x: x + first, tangents: t.map { $0 + first }, g: g.map { $0 + first }, y: y + first, count: count, step: inner
        )
        if line.staysInside { line.run(Double.self, memory) } else { line.run(ScaledNumber.self, memory) }
      }
    }
    return result
  }
}

/// What products and their sums are computed in.
private protocol ProductNumber: BitwiseCopyable {
  init(_ value: Double)
  static func * (a: Self, b: Self) -> Self
  static func + (a: Self, b: Self) -> Self
  var value: Double { get }
}

extension Double: ProductNumber {
  fileprivate var value: Double { self }
}

extension ScaledNumber: ProductNumber {}

/// One line of elements with tangents and, for the transpose, a cotangent.
private struct ProductLine<Element: BinaryFloatingPoint & BitwiseCopyable> {
  let x: UnsafeMutablePointer<Element>
  let tangents: [UnsafeMutablePointer<Element>]
  let g: UnsafeMutablePointer<Element>?
  let y: UnsafeMutablePointer<Element>
  let count: Int
  let step: Int

  /// Whether no product of neighbours, tangents and cotangents comes near the ends of Double's range.
  var staysInside: Bool {
    var (most, least) = (1.0, 1.0)
    for k in 0..<count {
      let size = Double(x[k * step]).magnitude
      if !(size < .infinity) { return false }
      if size > 1 { most *= size } else if size != 0 { least *= size }
    }
    for direction in tangents + (g.map { [$0] } ?? []) {
      var (large, small) = (1.0, 1.0)
      for k in 0..<count {
        let size = Double(direction[k * step]).magnitude
        if !(size < .infinity) { return false }
        if size > large { large = size } else if size != 0 && size < small { small = size }
      }
      most *= large
      least *= small
    }
    return most < 0x1p900 && least > 0x1p-900
  }

  func run<Number: ProductNumber>(_: Number.Type, _ memory: Buffer) {
    let states = memory.baseAddress.assumingMemoryBound(to: Number.self)
    switch (tangents.count, g) {
    case (0, let g?): gradient(g, states)
    case (1, nil): derivative(tangents[0], Number.self)
    case (_, let g?): gradients(g, states)
    default: derivatives(states)
    }
  }

  private func element<Number: ProductNumber>(_ k: Int, _: Number.Type) -> Number { Number(Double(x[k * step])) }

  private func derivative<Number: ProductNumber>(_ t: UnsafeMutablePointer<Element>, _: Number.Type) {
    var (product, sum) = (Number(1), Number(0))
    for k in 0..<count {
      let element = element(k, Number.self)
      sum = sum * element + product * Number(Double(t[k * step]))
      product = product * element
      y[k * step] = Element(sum.value)
    }
  }

  private func gradient<Number: ProductNumber>(
    _ g: UnsafeMutablePointer<Element>, _ before: UnsafeMutablePointer<Number>
  ) {
    var product = Number(1)
    for k in 0..<count {
      before[k] = product
      product = product * element(k, Number.self)
    }
    var sum = Number(0)
    for k in (0..<count).reversed() {
      sum = sum + Number(Double(g[k * step]))
      y[k * step] = Element((before[k] * sum).value)
      sum = sum * element(k, Number.self)
    }
  }

  /// Takes an element into the sums of all subsets of the tangents; larger subsets first, because each needs the smaller
  /// ones as they were.
  private func pass<Number: ProductNumber>(_ k: Int, _ state: UnsafeMutablePointer<Number>) {
    let element = element(k, Number.self)
    for subset in (0..<1 << tangents.count).reversed() {
      var sum = state[subset] * element
      for m in tangents.indices where subset >> m & 1 == 1 {
        sum = sum + state[subset & ~(1 << m)] * Number(Double(tangents[m][k * step]))
      }
      state[subset] = sum
    }
  }

  private func derivatives<Number: ProductNumber>(_ state: UnsafeMutablePointer<Number>) {
    let subsets = 1 << tangents.count
    for subset in 0..<subsets { state[subset] = Number(subset == 0 ? 1 : 0) }
    for k in 0..<count {
      pass(k, state)
      y[k * step] = Element(state[subsets - 1].value)
    }
  }

  private func gradients<Number: ProductNumber>(
    _ g: UnsafeMutablePointer<Element>, _ before: UnsafeMutablePointer<Number>
  ) {
    let subsets = 1 << tangents.count
    let state = before + count * subsets
    for subset in 0..<subsets { state[subset] = Number(subset == 0 ? 1 : 0) }
    for k in 0..<count {
      for subset in 0..<subsets { before[k * subsets + subset] = state[subset] }
      pass(k, state)
    }
    for subset in 0..<subsets { state[subset] = Number(0) }
    for k in (0..<count).reversed() {
      state[0] = state[0] + Number(Double(g[k * step]))
      var sum = Number(0)
      for subset in 0..<subsets { sum = sum + before[k * subsets + subset] * state[subsets - 1 - subset] }
      y[k * step] = Element(sum.value)
      pass(k, state)
    }
  }
}
