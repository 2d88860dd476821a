/// Cholesky factors of stacks of row-major matrices.
package enum CholeskyFactorization {
  /// A = L·Lᵀ from the lower triangle of A, or A = Lᵀ·L (`upper`) from its upper one; zeros in the other triangle.
  ///
  /// `info` is −1 where the triangle that is read is not finite.
  ///
  /// A row-major lower triangle is a column-major upper one: LAPACK's other choice of triangle, and no transpose.
  package static func run(
    _ type: ElementType, n: Int, count: Int, _ a: Buffer, upper: Bool
  ) -> (factor: Buffer, failure: Failure?) {
    type == .float32 ? run(Float.self, n, count, a, upper) : run(Double.self, n, count, a, upper)
  }

  private static func run<Element: LAPACKElement>(
    _: Element.Type, _ n: Int, _ count: Int, _ a: Buffer, _ upper: Bool
  ) -> (factor: Buffer, failure: Failure?) {
    let result = Buffer(byteCount: count * n * n * MemoryLayout<Element>.size)
    if n == 0 || count == 0 { return (result, nil) }
    let source = a.baseAddress.assumingMemoryBound(to: Element.self)
    let memory = result.baseAddress.assumingMemoryBound(to: Element.self)
    let info = Buffer(byteCount: count * 4)
    let states = info.baseAddress.assumingMemoryBound(to: Int32.self)
    let isSmall = n <= MatrixStack.smallOrder && !upper
    let suits = isSmall || BatchParallelism.suitsCholesky(n)
    BatchParallelism.forEachRange(count: count, cost: n * n * n, when: suits) { range in
      for index in range {
        let (x, from) = (memory + index * n * n, source + index * n * n)
        var isFinite = true
        // The triangle that is read, and zeros in the other, where LAPACK writes nothing.
        for row in 0..<n {
          let start = row * n
          if upper {
            (x + start).update(repeating: 0, count: row)
            if !MatrixStack.copyChecked(from + start + row, into: x + start + row, count: n - row) { isFinite = false }
          } else {
            if !MatrixStack.copyChecked(from + start, into: x + start, count: row + 1) { isFinite = false }
            (x + start + row + 1).update(repeating: 0, count: n - row - 1)
          }
        }
        if isSmall {
          Element.small.cholesky(x, states + index, Int64(n), 1)
        } else {
          states[index] = Int32(LAPACK.potrf(triangle: upper ? .lower : .upper, n: n, a: x, lda: n))
        }
        if !isFinite { states[index] = -1 }
      }
    }
    return (result, MatrixStack.firstFailure(states, count))
  }
}

/// Triangular systems.
package enum TriangularSystem {
  /// Solves op(A)·X = B or X·op(A) = B in place of B (stacks of m × n); only A's named triangle is read.
  ///
  /// `matrixOf` names the matrix of A for each right-hand side where they are not one to one.
  package static func solve(
    _ type: ElementType, _ a: Buffer, order: Int, upper: Bool, transposed: Bool, left: Bool, unitriangular: Bool,
    into b: Buffer, m: Int, n: Int, count: Int, matrixOf: [Int]?
  ) {
    func run<Element: LAPACKElement>(_: Element.Type) {
      let matrices = a.baseAddress.assumingMemoryBound(to: Element.self)
      let right = b.baseAddress.assumingMemoryBound(to: Element.self)
      // Right-hand sides are columns for A on the left and rows for A on the right.
      let vectors = left ? n : m
      let strip = count > 1 ? BatchParallelism.triangularStrip(order, vectors) : nil
      BatchParallelism.forEachRange(count: count, cost: order * order * vectors, when: strip != nil) { range in
        for index in range {
          let (matrix, x) = (matrices + (matrixOf?[index] ?? index) * order * order, right + index * m * n)
          for start in stride(from: 0, to: vectors, by: strip ?? vectors) {
            let width = Swift.min(strip ?? vectors, vectors - start)
            BLAS.trsm(
              side: left ? .left : .right, triangle: upper ? .upper : .lower, transpose: transposed ? .yes : .no,
              diagonal: unitriangular ? .unit : .stored, m: left ? m : width, n: left ? width : n, a: matrix,
              lda: order,
              b: x + (left ? start : start * n), ldb: n)
          }
        }
      }
    }
    if m == 0 || n == 0 { return }
    if type == .float32 { run(Float.self) } else { run(Double.self) }
  }

  /// The first exact zero on a diagonal.
  package static func firstZero(_ type: ElementType, _ a: Buffer, n: Int, count: Int) -> Failure? {
    func run<Element: LAPACKElement>(_: Element.Type) -> Failure? {
      let matrices = a.baseAddress.assumingMemoryBound(to: Element.self)
      for index in 0..<count {
        for place in 0..<n where matrices[index * n * n + place * (n + 1)] == 0 {
          return Failure(batch: index, info: place + 1)
        }
      }
      return nil
    }
    return type == .float32 ? run(Float.self) : run(Double.self)
  }
}

/// The factors P·L·U of stacks of matrices of any shape.
package enum PivotedLU {
  /// A = P·L·U with P m × m, L m × k, U k × n, k = min(m, n).
  ///
  /// Pivoting by rows is part of the result, so A itself is factorised and not its transpose: this copies.
  package static func run(
    _ type: ElementType, m: Int, n: Int, count: Int, _ a: Buffer
  ) -> (p: Buffer, l: Buffer, u: Buffer) {
    type == .float32 ? run(Float.self, m, n, count, a) : run(Double.self, m, n, count, a)
  }

  private static func run<Element: LAPACKElement>(
    _: Element.Type, _ m: Int, _ n: Int, _ count: Int, _ a: Buffer
  ) -> (p: Buffer, l: Buffer, u: Buffer) {
    let size = MemoryLayout<Element>.size
    let k = min(m, n)
    let buffers = [m * m, m * k, k * n].map { Buffer(byteCount: count * $0 * size) }
    let out = buffers.map { $0.baseAddress.assumingMemoryBound(to: Element.self) }
    let source = a.baseAddress.assumingMemoryBound(to: Element.self)
    var columns = [Element](repeating: 0, count: max(m * n, 1))
    var pivots = [Int32](repeating: 0, count: max(k, 1))
    for index in 0..<count {
      let x = source + index * m * n
      for row in 0..<m { for column in 0..<n { columns[column * m + row] = x[row * n + column] } }
      if k > 0 { _ = LAPACK.getrf(m: m, n: n, a: &columns, lda: m, pivots: &pivots) }
      var order = Array(0..<m)
      for place in 0..<k { order.swapAt(place, Int(pivots[place]) - 1) }
      let (p, l, u) = (out[0] + index * m * m, out[1] + index * m * k, out[2] + index * k * n)
      if m > 0 { p.update(repeating: 0, count: m * m) }
      for place in 0..<m { p[order[place] * m + place] = 1 }
      for row in 0..<m {
        for column in 0..<k {
          l[row * k + column] = row > column ? columns[column * m + row] : row == column ? 1 : 0
        }
      }
      for row in 0..<k {
        for column in 0..<n { u[row * n + column] = row <= column ? columns[column * m + row] : 0 }
      }
    }
    return (buffers[0], buffers[1], buffers[2])
  }
}
