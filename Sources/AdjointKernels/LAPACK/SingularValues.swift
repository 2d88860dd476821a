/// Singular values and vectors of stacks of row-major matrices.
package enum SingularValueDecomposition {
  /// What to compute besides the values.
  package enum Vectors { case none, reduced, full }

  /// A = U·diag(s)·Vh, values descending.
  ///
  /// The memory is Aᵀ = V·diag(s)·Uᵀ to LAPACK: its right vectors, as they lie, are U row by row and its left ones
  /// Vh, so nothing is transposed. Divide and conquer (`gesdd`); where that does not converge, QR iteration
  /// (`gesvd`) tries again.
  package static func run(
    _ type: ElementType, m: Int, n: Int, count: Int, _ a: Buffer, vectors: Vectors
  ) -> (u: Buffer, s: Buffer, vh: Buffer, failure: Failure?) {
    type == .float32 ? run(Float.self, m, n, count, a, vectors) : run(Double.self, m, n, count, a, vectors)
  }

  private static func run<Element: LAPACKElement>(
    _: Element.Type, _ m: Int, _ n: Int, _ count: Int, _ a: Buffer, _ vectors: Vectors
  ) -> (u: Buffer, s: Buffer, vh: Buffer, failure: Failure?) {
    let size = MemoryLayout<Element>.size
    let k = min(m, n)
    let left = vectors == .none ? 0 : vectors == .full ? m : k
    let right = vectors == .none ? 0 : vectors == .full ? n : k
    let u = Buffer(byteCount: count * m * left * size)
    let s = Buffer(byteCount: count * k * size)
    let vh = Buffer(byteCount: count * right * n * size)
    let (up, sp, vp) = (
      u.baseAddress.assumingMemoryBound(to: Element.self), s.baseAddress.assumingMemoryBound(to: Element.self),
      vh.baseAddress.assumingMemoryBound(to: Element.self)
    )
    if k == 0 {
      setIdentity(up, left, count)
      setIdentity(vp, right, count)
      return (u, s, vh, nil)
    }
    let work = MatrixStack.copy(a, byteCount: count * m * n * size)
    let source = work.baseAddress.assumingMemoryBound(to: Element.self)
    let info = Buffer(byteCount: count * 4)
    let states = info.baseAddress.assumingMemoryBound(to: Int32.self)
    let isSmall = BatchParallelism.suitsSVD(m, n)
    BatchParallelism.forEachRange(count: count, cost: 20 * m * n * k, when: isSmall) { range in
      for index in range {
        let (x, U, S, V) = (source + index * m * n, up + index * m * left, sp + index * k, vp + index * right * n)
        states[index] = Int32(
          LAPACK.singularValues(
            vectors: vectors == .none ? .none : vectors == .full ? .full : .thin, m: n, n: m, a: x, lda: n, s: S, u: V,
            ldu: n, vt: U, ldvt: max(left, 1)))
        if states[index] != 0 {
          S.update(repeating: .nan, count: k)
          U.update(repeating: .nan, count: m * left)
          V.update(repeating: .nan, count: right * n)
        }
      }
    }
    return (u, s, vh, MatrixStack.firstFailure(states, count))
  }

  private static func setIdentity<Element: LAPACKElement>(
    _ memory: UnsafeMutablePointer<Element>, _ n: Int, _ count: Int
  ) {
    for index in 0..<count * n * n { memory[index] = index % (n * n) % (n + 1) == 0 ? 1 : 0 }
  }

  /// Aᵀ⁺ᵀ = V·diag(1/s)·Uᵀ, n × m, where singular values of at most max(absolute, relative · s₀) count as 0.
  package static func pseudoInverse(
    _ type: ElementType, m: Int, n: Int, count: Int, _ a: Buffer, relative: Double, absolute: Double
  ) -> (Buffer, failure: Failure?) {
    type == .float32
      ? pseudoInverse(Float.self, type, m, n, count, a, relative, absolute)
      : pseudoInverse(Double.self, type, m, n, count, a, relative, absolute)
  }

  private static func pseudoInverse<Element: LAPACKElement>(
    _: Element.Type, _ type: ElementType, _ m: Int, _ n: Int, _ count: Int, _ a: Buffer, _ relative: Double,
    _ absolute: Double
  ) -> (Buffer, failure: Failure?) {
    let k = min(m, n)
    let result = Buffer(byteCount: count * m * n * type.size)
    let (u, s, vh, failure) = run(type, m: m, n: n, count: count, a, vectors: .reduced)
    if k == 0 { return (result, nil) }
    let (up, sp, vp, y) = (
      u.baseAddress.assumingMemoryBound(to: Element.self), s.baseAddress.assumingMemoryBound(to: Element.self),
      vh.baseAddress.assumingMemoryBound(to: Element.self), result.baseAddress.assumingMemoryBound(to: Element.self)
    )
    for index in 0..<count {
      let (U, S, V) = (up + index * m * k, sp + index * k, vp + index * k * n)
      let bound = max(Element(absolute), Element(relative) * S[0])
      for row in 0..<k {
        let factor = S[row] > bound ? 1 / S[row] : S[row].isNaN ? .nan : 0
        for column in 0..<n { V[row * n + column] *= factor }
      }
      Product(
        m: n, n: m, k: k, V, isTransposed: true, leading: n, U, isTransposed: true, leading: k, into: y + index * m * n
      ).run()
    }
    return (result, failure)
  }

  /// det(A)·A⁻ᵀ for any square A, singular ones included: U·diag(∏_{j≠i} sⱼ)·Vh, times det U·det V.
  ///
  /// With `along` H, its directional derivative instead. In the bases of U and V the derivative is
  /// Σ_{k≠i} hₖₖ·∏_{l≠i,k} s_l on the diagonal and −hⱼᵢ·∏_{l≠i,j} s_l beside it. Products of all values but one
  /// or two are taken directly, so that zeros cost no division.
  package static func cofactors(
    _ type: ElementType, n: Int, count: Int, _ a: Buffer, along: Buffer? = nil
  ) -> Buffer {
    // LAPACK's singular values of what is not finite may never come: such matrices have cofactors that are NaN.
    var hasNonFinite = [Bool](repeating: false, count: count)
    for buffer in [a, along].compactMap({ $0 }) {
      if MatrixStack.firstNonFinite(type, buffer, rows: n, columns: n, count: count) == nil { continue }
      for index in 0..<count where !MatrixStack.isFinite(type, buffer, index, size: n * n) {
        hasNonFinite[index] = true
      }
    }
    func run<Element: LAPACKElement>(_: Element.Type) -> Buffer {
      if !hasNonFinite.contains(true) { return cofactors(Element.self, type, n, count, a, along) }
      func replaced(_ source: Buffer, by element: Element) -> Buffer {
        let copy = MatrixStack.copy(source, byteCount: count * n * n * type.size)
        let memory = copy.baseAddress.assumingMemoryBound(to: Element.self)
        for index in 0..<count where hasNonFinite[index] {
          (memory + index * n * n).update(repeating: element, count: n * n)
        }
        return copy
      }
      let result = cofactors(
        Element.self, type, n, count, replaced(a, by: 0), along.map { replaced($0, by: 0) })
      return replaced(result, by: .nan)
    }
    return type == .float32 ? run(Float.self) : run(Double.self)
  }

  private static func cofactors<Element: LAPACKElement>(
    _: Element.Type, _ type: ElementType, _ n: Int, _ count: Int, _ a: Buffer, _ along: Buffer?
  ) -> Buffer {
    let result = Buffer(byteCount: count * n * n * type.size)
    if n == 0 || count == 0 { return result }
    let (a, along, scales) = equilibrated(Element.self, n, count, a, along)
    let (u, s, vh, _) = run(type, m: n, n: n, count: count, a, vectors: .reduced)
    let us = LUFactors.factor(type, n: n, count: count, u).0.determinants().sign
    let vs = LUFactors.factor(type, n: n, count: count, vh).0.determinants().sign
    let (up, sp, vp, out) = (
      u.baseAddress.assumingMemoryBound(to: Element.self), s.baseAddress.assumingMemoryBound(to: Element.self),
      vh.baseAddress.assumingMemoryBound(to: Element.self), result.baseAddress.assumingMemoryBound(to: Element.self)
    )
    let (du, dv) = (
      us.baseAddress.assumingMemoryBound(to: Element.self), vs.baseAddress.assumingMemoryBound(to: Element.self)
    )
    func product(
      _ c: UnsafeMutablePointer<Element>, _ a: UnsafePointer<Element>, _ b: UnsafePointer<Element>,
      isTransposed: Bool = false, timesTranspose: Bool = false
    ) {
      Product(
        m: n, n: n, k: n, a, isTransposed: isTransposed, leading: n, b, isTransposed: timesTranspose, leading: n,
        into: c
      ).run()
    }
    var (inner, first, second) = (
      [Element](repeating: 0, count: n * n), [Element](repeating: 0, count: n * n),
      [Element](repeating: 0, count: n * n)
    )
    for index in 0..<count {
      let (U, S, V) = (up + index * n * n, sp + index * n, vp + index * n * n)
      let sign = du[index] * dv[index]
      let values = ProductsOfOtherValues(S, n, sign: sign, ofPairs: along != nil)
      if let along {
        let h = along.baseAddress.assumingMemoryBound(to: Element.self) + index * n * n
        product(&first, U, h, isTransposed: true)
        product(&second, &first, V, timesTranspose: true)
        for i in 0..<n { inner[i * (n + 1)] = 0 }
        for i in 0..<n {
          for j in 0..<i {
            let p = values[i, j]
            inner[i * n + j] = -second[j * n + i] * p
            inner[j * n + i] = -second[i * n + j] * p
            inner[i * (n + 1)] += second[j * (n + 1)] * p
            inner[j * (n + 1)] += second[i * (n + 1)] * p
          }
        }
      } else {
        for i in 0..<n * n { inner[i] = 0 }
        for i in 0..<n { inner[i * (n + 1)] = values[i, i] }
      }
      product(&first, U, &inner)
      let cofactors = out + index * n * n
      product(cofactors, &first, V)
      if let scales = scales[index] {
        scales.restoreCofactors(cofactors, exponent: values.exponent)
      } else if values.exponent != 0 {
        for place in 0..<n * n { cofactors[place] = Equilibration.scaled(cofactors[place], values.exponent) }
      }
    }
    withExtendedLifetime((a, along, u, s, vh, us, vs)) {}
    return result
  }

  /// The matrices and directions with rows and columns of one size, where they are of very different ones.
  private static func equilibrated<Element: LAPACKElement>(
    _: Element.Type, _ n: Int, _ count: Int, _ a: Buffer, _ along: Buffer?
  ) -> (a: Buffer, along: Buffer?, [Equilibration?]) {
    let memory = a.baseAddress.assumingMemoryBound(to: Element.self)
    let scales = (0..<count).map { Equilibration(memory + $0 * n * n, n) }
    if scales.allSatisfy({ $0 == nil }) { return (a, along, scales) }
    func even(_ source: Buffer) -> Buffer {
      let copy = MatrixStack.copy(source, byteCount: count * n * n * MemoryLayout<Element>.size)
      let to = copy.baseAddress.assumingMemoryBound(to: Element.self)
      for index in 0..<count { scales[index]?.apply(to + index * n * n) }
      return copy
    }
    return (even(a), along.map(even), scales)
  }
}

/// ± the products of all singular values but one or two, over a power of two that keeps them in the type's range.
private struct ProductsOfOtherValues<Element: LAPACKElement> {
  /// The power of two: 0 for most matrices.
  let exponent: Int
  private let products: [Element]
  private let n: Int

  /// One pass per pair: n³·n/2 products, for matrices whose determinant is of interest.
  init(_ s: UnsafeMutablePointer<Element>, _ n: Int, sign: Element, ofPairs: Bool) {
    self.n = n
    let pairs = ofPairs ? (0..<n).flatMap { i in (0..<i).map { (i, $0) } } : (0..<n).map { ($0, $0) }
    var (rise, fall) = (Element(1), Element(1))
    for l in 0..<n where s[l] != 0 { if s[l] > 1 { rise *= s[l] } else { fall *= s[l] } }
    var products = [Element](repeating: 0, count: n * n)
    if !(rise == .infinity) && !(fall < .leastNormalMagnitude) {
      for (i, j) in pairs {
        var value = sign
        for l in 0..<n where l != i && l != j { value *= s[l] }
        products[i * n + j] = value
      }
      exponent = 0
    } else {
      let scaled = pairs.map { i, j in
        (0..<n).reduce(ScaledNumber(Double(sign))) { $1 == i || $1 == j ? $0 : $0 * ScaledNumber(Double(s[$1])) }
      }
      let largest = scaled.filter { $0.significand != 0 }.map(\.exponent).max() ?? 0
      for ((i, j), value) in zip(pairs, scaled) {
        products[i * n + j] = Element(ScaledNumber(value.significand, exponent: value.exponent - largest).value)
      }
      exponent = largest
    }
    self.products = products
  }

  subscript(i: Int, j: Int) -> Element { products[i * n + j] }
}
