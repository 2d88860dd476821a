import Testing

@testable import AdjointKernels

@Suite struct Level2Tests {
  static let extents = [0, 1, 2, 5, 9]
  static let factors: [(Int, Int)] = [(1, 0), (-2, 3), (0, 2), (0, 0), (1, 1)]

  @Test(arguments: transposes, [BLAS.longestCall, 1, 3])
  func gemvMatchesItsDefinition(transpose: BLAS.Transpose, longest: Int) {
    gemv(Float.self, transpose, longest)
    gemv(Double.self, transpose, longest)
  }

  private func gemv<Scalar: BLASScalar>(_: Scalar.Type, _ transpose: BLAS.Transpose, _ longest: Int) {
    for m in Self.extents {
      for n in Self.extents {
        for (strideX, strideY) in [(1, 1), (2, -1), (-3, 2)] {
          for (alpha, beta) in Self.factors {
            var numbers = WholeNumbers(seed: UInt64(m * 10 + n))
            let a: RowMatrix<Scalar> = numbers.matrix(m, n, padding: 2)
            let (inputs, outputs) = transpose == .no ? (n, m) : (m, n)
            let x: StridedVector<Scalar> = numbers.vector(inputs, stride: strideX)
            let start: StridedVector<Scalar> = numbers.vector(outputs, stride: strideY)
            var expected = start
            let op = a.applying(transpose)
            for i in 0..<outputs {
              let sum = (0..<inputs).reduce(Scalar(0)) { $0 + op[i, $1] * x[$1] }
              expected[i] = Scalar(alpha) * sum + Scalar(beta) * start[i]
            }
            var y = start
            if longest == BLAS.longestCall {
              var span = y.storage.mutableSpan
              BLAS.gemv(
                transpose: transpose, m: m, n: n, alpha: Scalar(alpha), a: a.storage.span, lda: a.leading,
                x: x.storage.span, strideX: strideX, beta: Scalar(beta), y: &span, strideY: strideY)
            } else {
              y.storage.withUnsafeMutableBufferPointer { y in
                guard let y = y.baseAddress else { return }
                BLAS.gemv(
                  transpose: transpose, m: m, n: n, alpha: Scalar(alpha), a: a.storage, lda: a.leading, x: x.storage,
                  strideX: strideX, beta: Scalar(beta), y: y, strideY: strideY, longest: longest)
              }
            }
            #expect(y == expected, "\(Scalar.self), \(m) × \(n), strides \(strideX) \(strideY), \(alpha) \(beta)")
          }
        }
      }
    }
  }

  @Test(arguments: [0, 3])
  func aZeroBetaOnlyWrites(n: Int) {
    let a = [Float](repeating: 1, count: 2 * max(1, n))
    let x = [Float](repeating: 1, count: n)
    var y: [Float] = [.nan, .nan]
    var span = y.mutableSpan
    BLAS.gemv(m: 2, n: n, a: a.span, lda: max(1, n), x: x.span, beta: 0, y: &span)
    #expect(y == [Float(n), Float(n)])
  }

  @Test(arguments: [BLAS.longestCall, 1, 3])
  func gerMatchesItsDefinition(longest: Int) {
    for m in Self.extents where m > 0 {
      for n in Self.extents where n > 0 {
        for (strideX, strideY) in [(1, 1), (2, -1), (-3, 2)] {
          var numbers = WholeNumbers(seed: UInt64(m * 10 + n))
          var a: RowMatrix<Double> = numbers.matrix(m, n, padding: 1)
          let x: StridedVector<Double> = numbers.vector(m, stride: strideX)
          let y: StridedVector<Double> = numbers.vector(n, stride: strideY)
          var expected = a
          for i in 0..<m { for j in 0..<n { expected[i, j] += 2 * x[i] * y[j] } }
          a.storage.withUnsafeMutableBufferPointer {
            BLAS.ger(
              m: m, n: n, alpha: 2, x: x.storage, strideX: strideX, y: y.storage, strideY: strideY,
              a: $0.baseAddress!, lda: n + 1, longest: longest)
          }
          #expect(a == expected, "\(m) × \(n), strides \(strideX) \(strideY), pieces of \(longest)")
        }
      }
    }
  }

  @Test(arguments: triangles, extents)
  func symvReadsOneTriangle(triangle: BLAS.Triangle, n: Int) {
    var numbers = WholeNumbers(seed: UInt64(n))
    let a: RowMatrix<Float> = numbers.matrix(n, n, padding: 1)
    let x: StridedVector<Float> = numbers.vector(n, stride: -2)
    let start: StridedVector<Float> = numbers.vector(n, stride: 3)
    let full = a.symmetric(triangle)
    var expected = start
    for i in 0..<n { expected[i] = -2 * (0..<n).reduce(Float(0)) { $0 + full[i, $1] * x[$1] } + 3 * start[i] }
    var y = start
    var span = y.storage.mutableSpan
    BLAS.symv(
      triangle: triangle, n: n, alpha: -2, a: a.storage.span, lda: a.leading, x: x.storage.span, strideX: -2, beta: 3,
      y: &span, strideY: 3)
    #expect(y == expected)
  }

  @Test(arguments: triangles, transposes)
  func trmvMultipliesAndTrsvSolves(triangle: BLAS.Triangle, transpose: BLAS.Transpose) {
    for diagonal in diagonals {
      for n in Self.extents {
        var numbers = WholeNumbers(seed: UInt64(n))
        var a: RowMatrix<Double> = numbers.matrix(n, n, padding: 1)
        for i in 0..<n { a[i, i] = i % 2 == 0 ? 2 : -1 }
        let start: StridedVector<Double> = numbers.vector(n, stride: 2)
        let op = a.triangular(triangle, diagonal).applying(transpose)
        var expected = start
        for i in 0..<n { expected[i] = (0..<n).reduce(0) { $0 + op[i, $1] * start[$1] } }
        var x = start
        var span = x.storage.mutableSpan
        BLAS.trmv(
          triangle: triangle, transpose: transpose, diagonal: diagonal, n: n, a: a.storage.span, lda: a.leading,
          x: &span, strideX: 2)
        #expect(x == expected, "trmv, \(diagonal), \(n)")
        var again = x.storage.mutableSpan
        BLAS.trsv(
          triangle: triangle, transpose: transpose, diagonal: diagonal, n: n, a: a.storage.span, lda: a.leading,
          x: &again, strideX: 2)
        #expect(x == start, "trsv, \(diagonal), \(n)")
      }
    }
  }

  @Test func extentsThatDoNotFitStopTheProcess() async {
    let outcome1 = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var y: [Float] = [0, 0]
      var span = y.mutableSpan
      BLAS.gemv(m: 2, n: 3, a: [Float](repeating: 0, count: 5).span, lda: 3, x: [Float]([1, 2, 3]).span, y: &span)
    }
    #expect(message(outcome1).contains("BLAS.gemv: a has 5 elements, too few for 2 rows of 3 that start 3 apart"))
    let outcome2 = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var y: [Float] = [0, 0]
      var span = y.mutableSpan
      BLAS.gemv(m: 2, n: 3, a: [Float](repeating: 0, count: 6).span, lda: 2, x: [Float]([1, 2, 3]).span, y: &span)
    }
    #expect(message(outcome2).contains("BLAS.gemv: the leading dimension 2 of a is less than its 3 columns"))
    let outcome3 = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var y: [Float] = [0, 0, 0]
      var span = y.mutableSpan
      BLAS.gemv(m: 2, n: 3, a: [Float](repeating: 0, count: 6).span, lda: 3, x: [Float]([1, 2, 3]).span, y: &span)
    }
    #expect(message(outcome3).contains("BLAS.gemv: y has 3 elements where the extents ask for 2"))
  }
}
