import Testing

@testable import AdjointKernels

@Suite struct Level3Tests {
  static let extents = [0, 1, 3, 8]
  static let factors: [(Int, Int)] = [(1, 0), (-2, 3), (0, 2), (1, 1)]

  @Test(arguments: transposes, transposes)
  func gemmMatchesItsDefinition(transposeA: BLAS.Transpose, transposeB: BLAS.Transpose) {
    gemm(Float.self, transposeA, transposeB)
    gemm(Double.self, transposeA, transposeB)
  }

  private func gemm<Scalar: BLASScalar>(
    _: Scalar.Type, _ transposeA: BLAS.Transpose, _ transposeB: BLAS.Transpose
  ) {
    for (m, n, k) in Self.extents.flatMap({ m in Self.extents.flatMap { n in Self.extents.map { (m, n, $0) } } }) {
      for (alpha, beta) in Self.factors {
        for longest in [BLAS.longestCall, 2] {
          var numbers = WholeNumbers(seed: UInt64(m * 100 + n * 10 + k))
          let a: RowMatrix<Scalar> =
            transposeA == .no ? numbers.matrix(m, k, padding: 1) : numbers.matrix(k, m, padding: 1)
          let b: RowMatrix<Scalar> =
            transposeB == .no ? numbers.matrix(k, n, padding: 2) : numbers.matrix(n, k, padding: 2)
          var c: RowMatrix<Scalar> = numbers.matrix(m, n, padding: 3)
          if beta == 0 { for i in 0..<m { for j in 0..<n { c[i, j] = .nan } } }
          let expected = a.applying(transposeA).times(
            b.applying(transposeB), alpha: Scalar(alpha), beta: Scalar(beta), plus: c)
          if longest == BLAS.longestCall {
            var span = c.storage.mutableSpan
            BLAS.gemm(
              transposeA: transposeA, transposeB: transposeB, m: m, n: n, k: k, alpha: Scalar(alpha),
              a: a.storage.span, lda: a.leading, b: b.storage.span, ldb: b.leading, beta: Scalar(beta), c: &span,
              ldc: n + 3)
          } else {
            c.storage.withUnsafeMutableBufferPointer { memory in
              guard let address = memory.baseAddress else { return }
              BLAS.gemm(
                transposeA: transposeA, transposeB: transposeB, m: m, n: n, k: k, alpha: Scalar(alpha), a: a.storage,
                lda: a.leading, b: b.storage, ldb: b.leading, beta: Scalar(beta), c: address, ldc: n + 3,
                longest: longest)
            }
          }
          #expect(
            c == expected, "\(Scalar.self), m \(m), n \(n), k \(k), alpha \(alpha), beta \(beta), pieces of \(longest)")
        }
      }
    }
  }

  @Test(arguments: [BLAS.Side.left, .right], triangles)
  func symmReadsOneTriangle(side: BLAS.Side, triangle: BLAS.Triangle) {
    for (m, n) in [(0, 3), (1, 1), (3, 5), (6, 2)] {
      for longest in [BLAS.longestCall, 2] {
        var numbers = WholeNumbers(seed: UInt64(m * 10 + n))
        let order = side == .left ? m : n
        let a: RowMatrix<Double> = numbers.matrix(order, order, padding: 1)
        let b: RowMatrix<Double> = numbers.matrix(m, n, padding: 1)
        var c: RowMatrix<Double> = numbers.matrix(m, n, padding: 2)
        let full = a.symmetric(triangle)
        let expected =
          side == .left
          ? full.times(b, alpha: 2, beta: -1, plus: c) : b.times(full, alpha: 2, beta: -1, plus: c)
        c.storage.withUnsafeMutableBufferPointer { memory in
          guard let address = memory.baseAddress else { return }
          BLAS.symm(
            side: side, triangle: triangle, m: m, n: n, alpha: 2, a: a.storage, lda: a.leading, b: b.storage,
            ldb: b.leading, beta: -1, c: address, ldc: n + 2, longest: longest)
        }
        #expect(c == expected, "\(m) × \(n), pieces of \(longest)")
      }
    }
  }

  @Test(arguments: triangles, transposes)
  func syrkWritesOneTriangle(triangle: BLAS.Triangle, transpose: BLAS.Transpose) {
    for (n, k) in [(0, 2), (1, 4), (5, 3), (4, 0), (3, 7)] {
      for longest in [BLAS.longestCall, 2] {
        var numbers = WholeNumbers(seed: UInt64(n * 10 + k))
        let a: RowMatrix<Float> = transpose == .no ? numbers.matrix(n, k, padding: 1) : numbers.matrix(k, n, padding: 1)
        var c: RowMatrix<Float> = numbers.matrix(n, n, padding: 1)
        let op = a.applying(transpose)
        let product = op.times(op.transposed, alpha: -1, beta: 2, plus: c)
        var expected = c
        for i in 0..<n {
          for j in 0..<n where i == j || (j > i) == (triangle == .upper) { expected[i, j] = product[i, j] }
        }
        c.storage.withUnsafeMutableBufferPointer { memory in
          guard let address = memory.baseAddress else { return }
          BLAS.syrk(
            triangle: triangle, transpose: transpose, n: n, k: k, alpha: -1, a: a.storage, lda: a.leading, beta: 2,
            c: address, ldc: n + 1, longest: longest)
        }
        #expect(c == expected, "n \(n), k \(k), pieces of \(longest)")
      }
    }
  }

  @Test(arguments: [BLAS.Side.left, .right], triangles)
  func trmmMultipliesAndTrsmSolves(side: BLAS.Side, triangle: BLAS.Triangle) {
    for transpose in transposes {
      for diagonal in diagonals {
        for (m, n) in [(0, 3), (1, 1), (3, 5), (6, 2)] {
          for longest in [BLAS.longestCall, 2] {
            var numbers = WholeNumbers(seed: UInt64(m * 10 + n))
            let order = side == .left ? m : n
            var a: RowMatrix<Double> = numbers.matrix(order, order, padding: 1)
            for i in 0..<order { a[i, i] = i % 2 == 0 ? 2 : -1 }
            let start: RowMatrix<Double> = numbers.matrix(m, n, padding: 2)
            let op = a.triangular(triangle, diagonal).applying(transpose)
            let expected =
              side == .left
              ? op.times(start, alpha: 4, beta: 0, plus: start) : start.times(op, alpha: 4, beta: 0, plus: start)
            var b = start
            b.storage.withUnsafeMutableBufferPointer { memory in
              guard let address = memory.baseAddress else { return }
              BLAS.trmm(
                side: side, triangle: triangle, transpose: transpose, diagonal: diagonal, m: m, n: n, alpha: 4,
                a: a.storage, lda: a.leading, b: address, ldb: n + 2, longest: longest)
            }
            #expect(b == expected, "trmm, \(transpose), \(diagonal), \(m) × \(n), pieces of \(longest)")
            b.storage.withUnsafeMutableBufferPointer { memory in
              guard let address = memory.baseAddress else { return }
              BLAS.trsm(
                side: side, triangle: triangle, transpose: transpose, diagonal: diagonal, m: m, n: n, alpha: 0.25,
                a: a.storage, lda: a.leading, b: address, ldb: n + 2, longest: longest)
            }
            #expect(b == start, "trsm, \(transpose), \(diagonal), \(m) × \(n), pieces of \(longest)")
          }
        }
      }
    }
  }

  @Test func spansGoThroughTheSameRoutines() {
    let a: [Double] = [1, 2, 0, 3]
    var c: [Double] = [1, 1, 1, 1]
    var span = c.mutableSpan
    BLAS.symm(
      side: .left, triangle: .upper, m: 2, n: 2, a: a.span, lda: 2, b: [1, 0, 0, 1].span, ldb: 2, c: &span, ldc: 2)
    BLAS.trmm(side: .left, triangle: .upper, m: 2, n: 2, a: a.span, lda: 2, b: &span, ldb: 2)
    BLAS.trsm(side: .left, triangle: .upper, m: 2, n: 2, a: a.span, lda: 2, b: &span, ldb: 2)
    #expect(c == [1, 2, 2, 3])
    var gram = [Double](repeating: -7, count: 4)
    var target = gram.mutableSpan
    BLAS.syrk(triangle: .lower, n: 2, k: 2, a: a.span, lda: 2, c: &target, ldc: 2)
    #expect(gram == [5, -7, 6, 9])
  }

  @Test func extentsThatDoNotFitStopTheProcess() async {
    let outcome1 = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var c: [Float] = [0, 0, 0, 0]
      var span = c.mutableSpan
      BLAS.gemm(
        m: 2, n: 2, k: 3, a: [Float](repeating: 0, count: 6).span, lda: 3, b: [Float](repeating: 0, count: 5).span,
        ldb: 2, c: &span, ldc: 2)
    }
    #expect(message(outcome1).contains("BLAS.gemm: b has 5 elements, too few for 3 rows of 2 that start 2 apart"))
    let outcome2 = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var c: [Float] = [0, 0, 0, 0]
      var span = c.mutableSpan
      BLAS.gemm(m: -1, n: 2, k: 0, a: [Float]().span, lda: 1, b: [Float]().span, ldb: 2, c: &span, ldc: 2)
    }
    #expect(message(outcome2).contains("BLAS.gemm: a cannot be -1 × 0; extents must not be negative"))
  }
}
