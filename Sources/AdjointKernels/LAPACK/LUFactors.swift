/// The LU factors of a stack of square matrices, kept to solve with them again and again.
///
/// Orders up to 16 have kernels of their own, which factorise P·A = L·U from the rows. Beyond, LAPACK's `getrf`
/// reads the row-major memory as Aᵀ = P·L·U: nothing is transposed, and A⁻¹ = P·L⁻ᵀ·U⁻ᵀ is as good. Nobody
/// outside this file sees the difference.
package struct LUFactors {
  package let type: ElementType
  package let n: Int
  package let count: Int
  /// count × n × n.
  package let factors: Buffer
  /// count × n, Int32.
  package let pivots: Buffer

  package init(_ type: ElementType, n: Int, count: Int, factors: Buffer, pivots: Buffer) {
    self.type = type
    self.n = n
    self.count = count
    self.factors = factors
    self.pivots = pivots
  }

  /// Factorises contiguous matrices, and solves with them in place of `b` (one n × k stack each) while they are in
  /// the cache. `failure` is the first exact zero pivot, or has `info` −1 where a matrix is not finite; the factors hold
  /// all the same.
  package static func factor(
    _ type: ElementType, n: Int, count: Int, _ a: Buffer, solvingInto b: Buffer? = nil, k: Int = 0
  ) -> (LUFactors, failure: Failure?) {
    type == .float32
      ? factor(Float.self, type, n, count, a, b, k) : factor(Double.self, type, n, count, a, b, k)
  }

  private static func factor<Element: LAPACKElement>(
    _: Element.Type, _ type: ElementType, _ n: Int, _ count: Int, _ a: Buffer, _ b: Buffer?, _ k: Int
  ) -> (LUFactors, failure: Failure?) {
    let factors = Buffer(byteCount: count * n * n * type.size)
    let pivots = Buffer(byteCount: count * n * 4)
    let info = Buffer(byteCount: count * 4)
    let result = LUFactors(type, n: n, count: count, factors: factors, pivots: pivots)
    if n == 0 || count == 0 { return (result, nil) }
    let source = a.baseAddress.assumingMemoryBound(to: Element.self)
    let memory = factors.baseAddress.assumingMemoryBound(to: Element.self)
    let swaps = pivots.baseAddress.assumingMemoryBound(to: Int32.self)
    let states = info.baseAddress.assumingMemoryBound(to: Int32.self)
    let right = b?.baseAddress.assumingMemoryBound(to: Element.self)
    if n <= MatrixStack.smallOrder {
      Parallelism.forEachRange(count: count, cost: n * n * (n + 2 * k), group: 16) { range in
        let first = range.lowerBound
        let offset = first * n * n
        Element.small.lu(
          source + offset, memory + offset, swaps + first * n, states + first, right.map { $0 + first * n * k },
          Int64(n), Int64(right == nil ? 0 : k), Int64(range.count))
      }
    } else {
      BatchParallelism.forEachRange(count: count, cost: n * n * n, when: BatchParallelism.suitsLU(n)) { range in
        for index in range {
          let (matrix, base) = (memory + index * n * n, swaps + index * n)
          let isFinite = MatrixStack.copyChecked(source + index * n * n, into: matrix, count: n * n)
          let info = LAPACK.getrf(m: n, n: n, a: matrix, lda: n, pivots: base)
          states[index] = isFinite ? Int32(info) : -1
          for place in 0..<n { base[place] -= 1 }
        }
      }
      if let b { result.solve(into: b, k: k, rightHandSides: count) }
    }
    return (result, MatrixStack.firstFailure(states, count))
  }

  /// Solves A·X = B in place of `b` for matrices of up to `MatrixStack.smallOrder`, and keeps no factors.
  package static func solveSmall(
    _ type: ElementType, n: Int, count: Int, _ a: Buffer, into b: Buffer, k: Int
  ) -> Failure? {
    func run<Element: LAPACKElement>(_: Element.Type) -> Failure? {
      let info = Buffer(byteCount: count * 4)
      let states = info.baseAddress.assumingMemoryBound(to: Int32.self)
      let source = a.baseAddress.assumingMemoryBound(to: Element.self)
      let right = b.baseAddress.assumingMemoryBound(to: Element.self)
      Parallelism.forEachRange(count: count, cost: n * n * (n + 2 * k), group: 16) { range in
        let first = range.lowerBound
        Element.small.lu(
          source + first * n * n, nil, nil, states + first, right + first * n * k, Int64(n), Int64(k),
          Int64(range.count))
      }
      return MatrixStack.firstFailure(states, count)
    }
    if n == 0 || count == 0 { return nil }
    return type == .float32 ? run(Float.self) : run(Double.self)
  }

  /// Solves op(A)·X = B in place of B (stacks of n × k).
  ///
  /// `matrixOf` names the matrix for each right-hand side where they are not one to one.
  package func solve(into b: Buffer, k: Int, rightHandSides: Int, matrixOf: [Int]? = nil, transposed: Bool = false) {
    if type == .float32 {
      solve(Float.self, b, k, rightHandSides, matrixOf, transposed)
    } else {
      solve(Double.self, b, k, rightHandSides, matrixOf, transposed)
    }
  }

  private func solve<Element: LAPACKElement>(
    _: Element.Type, _ b: Buffer, _ k: Int, _ total: Int, _ matrixOf: [Int]?, _ transposed: Bool
  ) {
    if n == 0 || k == 0 || total == 0 { return }
    let lu = factors.baseAddress.assumingMemoryBound(to: Element.self)
    let swaps = pivots.baseAddress.assumingMemoryBound(to: Int32.self)
    let right = b.baseAddress.assumingMemoryBound(to: Element.self)
    if n <= MatrixStack.smallOrder {
      Parallelism.forEachRange(count: total, cost: 2 * n * n * k) { range in
        guard let matrixOf else {
          let first = range.lowerBound
          return Element.small.solve(
            lu + first * n * n, swaps + first * n, right + first * n * k, Int64(n), Int64(k), Int64(range.count),
            transposed ? 1 : 0)
        }
        for index in range {
          let matrix = matrixOf[index]
          Element.small.solve(
            lu + matrix * n * n, swaps + matrix * n, right + index * n * k, Int64(n), Int64(k), 1, transposed ? 1 : 0)
        }
      }
      return
    }
    let strip = total > 1 ? BatchParallelism.triangularStrip(n, k) : nil
    BatchParallelism.forEachRange(count: total, cost: 2 * n * n * k, when: strip != nil) { range in
      for index in range {
        let matrix = matrixOf?[index] ?? index
        let (f, p, x) = (lu + matrix * n * n, swaps + matrix * n, right + index * n * k)
        if transposed { for row in 0..<n { exchange(x, k, row, Int(p[row])) } }
        for start in stride(from: 0, to: k, by: strip ?? k) {
          solveFactored(f, x + start, Swift.min(strip ?? k, k - start), k, transposed)
        }
        if !transposed { for row in (0..<n).reversed() { exchange(x, k, row, Int(p[row])) } }
      }
    }
  }

  /// The two triangular solves. Row-major, the lower triangle is Uᵀ and the upper one Lᵀ with its unit diagonal.
  private func solveFactored<Element: LAPACKElement>(
    _ f: UnsafeMutablePointer<Element>, _ x: UnsafeMutablePointer<Element>, _ columns: Int, _ k: Int, _ transposed: Bool
  ) {
    func lower(_ transpose: BLAS.Transpose) {
      if k == 1 { return BLAS.trsv(triangle: .lower, transpose: transpose, n: n, a: f, lda: n, x: x) }
      BLAS.trsm(side: .left, triangle: .lower, transpose: transpose, m: n, n: columns, a: f, lda: n, b: x, ldb: k)
    }
    func upper(_ transpose: BLAS.Transpose) {
      if k == 1 {
        return BLAS.trsv(triangle: .upper, transpose: transpose, diagonal: .unit, n: n, a: f, lda: n, x: x)
      }
      BLAS.trsm(
        side: .left, triangle: .upper, transpose: transpose, diagonal: .unit, m: n, n: columns, a: f, lda: n, b: x,
        ldb: k)
    }
    if transposed {
      upper(.yes)
      lower(.yes)
    } else {
      lower(.no)
      upper(.no)
    }
  }

  private func exchange<Element>(_ x: UnsafeMutablePointer<Element>, _ k: Int, _ a: Int, _ b: Int) {
    if a == b { return }
    for column in 0..<k { swap(&x[a * k + column], &x[b * k + column]) }
  }

  /// The inverses of contiguous matrices; not finite where there is none.
  package static func inverses(
    _ type: ElementType, n: Int, count: Int, _ a: Buffer
  ) -> (Buffer, failure: Failure?) {
    type == .float32 ? inverses(Float.self, type, n, count, a) : inverses(Double.self, type, n, count, a)
  }

  private static func inverses<Element: LAPACKElement>(
    _: Element.Type, _ type: ElementType, _ n: Int, _ count: Int, _ a: Buffer
  ) -> (Buffer, failure: Failure?) {
    if n <= MatrixStack.smallOrder {
      let result = Buffer(byteCount: count * n * n * type.size)
      let memory = result.baseAddress.assumingMemoryBound(to: Element.self)
      if count * n > 0 { memory.update(repeating: 0, count: count * n * n) }
      for index in 0..<count { for place in 0..<n { memory[index * n * n + place * (n + 1)] = 1 } }
      return (result, solveSmall(type, n: n, count: count, a, into: result, k: n))
    }
    let (lu, failure) = factor(type, n: n, count: count, a)
    // The factors are nobody else's: their place becomes that of the inverse.
    let memory = lu.factors.baseAddress.assumingMemoryBound(to: Element.self)
    let swaps = lu.pivots.baseAddress.assumingMemoryBound(to: Int32.self)
    BatchParallelism.forEachRange(count: count, cost: 2 * n * n * n, when: BatchParallelism.suitsInverse(n)) { range in
      for place in range.lowerBound * n..<range.upperBound * n { swaps[place] += 1 }
      for index in range {
        let info = LAPACK.getri(n: n, a: memory + index * n * n, lda: n, pivots: swaps + index * n)
        if info != 0 { (memory + index * n * n).update(repeating: .nan, count: n * n) }
      }
    }
    return (lu.factors, failure)
  }

  /// Sign, ln |det A| and det A of each matrix: the product of the pivots, with its sign for the exchanges.
  package func determinants() -> (sign: Buffer, logarithm: Buffer, determinant: Buffer) {
    type == .float32 ? determinants(Float.self) : determinants(Double.self)
  }

  private func determinants<Element: LAPACKElement>(
    _: Element.Type
  ) -> (sign: Buffer, logarithm: Buffer, determinant: Buffer) {
    let buffers = (0..<3).map { _ in Buffer(byteCount: count * type.size) }
    let memory = factors.baseAddress.assumingMemoryBound(to: Element.self)
    let swaps = pivots.baseAddress.assumingMemoryBound(to: Int32.self)
    let out = buffers.map { $0.baseAddress.assumingMemoryBound(to: Element.self) }
    for index in 0..<count {
      var (sign, logarithm, product) = (Element(1), Element.zero, Element(1))
      var hasLeft = false
      for place in 0..<n {
        let pivot = memory[index * n * n + place * (n + 1)]
        let exchanged = swaps[index * n + place] != Int32(place)
        product *= exchanged ? -pivot : pivot
        if !(product.magnitude >= Element.leastNormalMagnitude && product.magnitude < .infinity) { hasLeft = true }
        sign *= pivot > 0 ? 1 : pivot < 0 ? -1 : pivot
        if exchanged { sign = -sign }
        logarithm += Element(logarithmOf(pivot.magnitude))
      }
      // Zero times minus one is minus zero: a singular matrix has the plain sign 0.
      out[0][index] = sign == 0 ? 0 : sign
      out[1][index] = logarithm
      out[2][index] = product
      // The determinant may be in the range where a product of the first pivots is not.
      if hasLeft {
        var product = ScaledNumber.one
        for place in 0..<n {
          let pivot = Double(memory[index * n * n + place * (n + 1)])
          product = product * ScaledNumber(swaps[index * n + place] != Int32(place) ? -pivot : pivot)
        }
        out[2][index] = Element(product.value)
      }
    }
    return (buffers[0], buffers[1], buffers[2])
  }
}
