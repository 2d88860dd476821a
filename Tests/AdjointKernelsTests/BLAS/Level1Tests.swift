import Testing

@testable import AdjointKernels

@Suite struct Level1Tests {
  static let strides = [1, 2, -1, -3]
  /// Pieces of every length: none is cut, all are, and some are left over.
  static let longest = [BLAS.longestCall, 1, 4, 7]

  @Test(arguments: [0, 1, 2, 17, 100], longest)
  func routinesMatchTheirDefinitions(count: Int, longest: Int) {
    check(Float.self, count, longest)
    check(Double.self, count, longest)
  }

  private func check<Scalar: BLASScalar>(_: Scalar.Type, _ count: Int, _ longest: Int) {
    for strideX in Self.strides {
      for strideY in Self.strides {
        let situation = "\(Scalar.self), \(count) elements, strides \(strideX) and \(strideY), pieces of \(longest)"
        var numbers = WholeNumbers(seed: UInt64(count))
        let x: StridedVector<Scalar> = numbers.vector(count, stride: strideX)
        let y: StridedVector<Scalar> = numbers.vector(count, stride: strideY)

        let dot = (0..<count).reduce(Scalar(0)) { $0 + x[$1] * y[$1] }
        #expect(
          BLAS.dot(x: x.storage.span, strideX: strideX, y: y.storage.span, strideY: strideY) == dot, "\(situation)")
        let cut = x.storage.withUnsafeBufferPointer { x in
          y.storage.withUnsafeBufferPointer { y in
            count == 0
              ? 0
              : BLAS.dot(
                count: count, x: x.baseAddress!, strideX: strideX, y: y.baseAddress!, strideY: strideY, longest: longest
              )
          }
        }
        #expect(cut == dot, "\(situation)")

        for (alpha, beta) in [(1, 1), (-2, 3), (0, 2), (2, 0), (0, 0)] as [(Scalar, Scalar)] {
          var expected = y
          for i in 0..<count { expected[i] = alpha * x[i] + y[i] }
          var actual = y
          modify(&actual, x) {
            BLAS.axpy(
              count: count, alpha: alpha, x: $1, strideX: strideX, y: $0, strideY: strideY, longest: longest)
          }
          #expect(actual == expected, "axpy, alpha \(alpha), \(situation)")

          for i in 0..<count { expected[i] = alpha * x[i] + beta * y[i] }
          actual = y
          modify(&actual, x) {
            BLAS.axpby(
              count: count, alpha: alpha, x: $1, strideX: strideX, beta: beta, y: $0, strideY: strideY,
              longest: longest)
          }
          #expect(actual == expected, "axpby, alpha \(alpha), beta \(beta), \(situation)")
        }

        var copied = y
        modify(&copied, x) {
          BLAS.copy(count: count, x: $1, strideX: strideX, y: $0, strideY: strideY, longest: longest)
        }
        var expected = y
        for i in 0..<count { expected[i] = x[i] }
        #expect(copied == expected, "copy, \(situation)")

        var (left, right) = (x, y)
        left.storage.withUnsafeMutableBufferPointer { left in
          right.storage.withUnsafeMutableBufferPointer { right in
            guard count > 0 else { return }
            BLAS.swap(
              count: count, x: left.baseAddress!, strideX: strideX, y: right.baseAddress!, strideY: strideY,
              longest: longest)
          }
        }
        #expect((0..<count).allSatisfy { left[$0] == y[$0] && right[$0] == x[$0] }, "swap, \(situation)")
      }
    }
  }

  private func modify<Scalar: BLASScalar>(
    _ y: inout StridedVector<Scalar>, _ x: StridedVector<Scalar>,
    _ body: (UnsafeMutablePointer<Scalar>, UnsafePointer<Scalar>) -> Void
  ) {
    guard y.count > 0 else { return }
    y.storage.withUnsafeMutableBufferPointer { y in
      x.storage.withUnsafeBufferPointer { x in body(y.baseAddress!, x.baseAddress!) }
    }
  }

  @Test(arguments: longest, [1, 2, -2])
  func normsAndScaling(longest: Int, stride: Int) {
    // 3² + 4² + 12² + 84² + 132² = 157²
    var x = StridedVector<Double>(storage: Array(repeating: 99, count: 4 * abs(stride) + 1), count: 5, stride: stride)
    for (i, value) in [3, -4, 12, -84, 132.0].enumerated() { x[i] = value }
    x.storage.withUnsafeMutableBufferPointer { memory in
      let address = memory.baseAddress!
      #expect(abs(BLAS.nrm2(count: 5, x: address, strideX: stride, longest: longest) - 157) < 1e-12)
      #expect(BLAS.asum(count: 5, x: address, strideX: stride, longest: longest) == 235)
      BLAS.scal(count: 5, alpha: -2, x: address, strideX: stride, longest: longest)
    }
    #expect((0..<5).map { x[$0] } == [-6, 8, -24, 168, -264])
  }

  @Test(arguments: longest)
  func theNormNeitherOverflowsNorHidesSpecialValues(longest: Int) {
    func norm(_ values: [Float]) -> Float {
      values.withUnsafeBufferPointer { BLAS.nrm2(count: $0.count, x: $0.baseAddress!, longest: longest) }
    }
    let large = norm(Array(repeating: 1e38, count: 4))
    #expect(abs(large / 2e38 - 1) < 1e-6)
    #expect(norm([0, 0, 0]) == 0)
    #expect(norm([.infinity, 1, .infinity, 2]) == .infinity)
    #expect(norm([1, .nan, 2, 3]).isNaN)
  }

  @Test(arguments: longest)
  func theFirstOfTheLargestIsFound(longest: Int) {
    let values: [Float] = [1, 0, -5, 0, 3, 0, 5, 0, -5]
    values.withUnsafeBufferPointer {
      #expect(BLAS.iamax(count: 9, x: $0.baseAddress!, longest: longest) == 2)
      #expect(BLAS.iamax(count: 5, x: $0.baseAddress!, strideX: 2, longest: longest) == 1)
    }
    #expect(BLAS.iamax(x: [Float]().span) == nil)
    #expect(BLAS.iamax(x: values.span, strideX: 2) == 1)
  }

  @Test func noElementsGiveZero() {
    let none: [Double] = []
    #expect(BLAS.dot(x: none.span, y: none.span) == 0)
    #expect(BLAS.nrm2(x: none.span) == 0)
    #expect(BLAS.asum(x: none.span) == 0)
  }

  @Test func scalingByZeroKeepsNaN() {
    var values: [Float] = [1, .nan, .infinity, -2]
    var span = values.mutableSpan
    BLAS.scal(alpha: 0, x: &span)
    #expect(values[0] == 0 && values[3] == 0)
    #expect(values[1].isNaN && values[2].isNaN)
  }

  @Test(arguments: [1, 2])
  func aZeroBetaOnlyWrites(stride: Int) {
    let x: [Float] = Array(repeating: 3, count: 64 * stride)
    var y: [Float] = Array(repeating: .nan, count: 64 * stride)
    var span = y.mutableSpan
    BLAS.axpby(alpha: 2, x: x.span, strideX: stride, beta: 0, y: &span, strideY: stride)
    #expect(Swift.stride(from: 0, to: y.count, by: stride).allSatisfy { y[$0] == 6 })
  }

  @Test func spansOfOneLengthAreDemanded() async {
    let outcome1 = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = BLAS.dot(x: [Float](repeating: 0, count: 3).span, y: [1].span)
    }
    #expect(message(outcome1).contains("BLAS.dot: x has 3 elements and y has 1; they must have the same number"))
    let outcome2 = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = BLAS.nrm2(x: [Float](repeating: 0, count: 3).span, strideX: 0)
    }
    #expect(message(outcome2).contains("BLAS.nrm2: the stride of x must not be 0"))
    let outcome3 = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = BLAS.iamax(x: [Float](repeating: 0, count: 3).span, strideX: -1)
    }
    #expect(message(outcome3).contains("BLAS.iamax: the stride of x must be positive, not -1"))
    let outcome4 = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var y: [Double] = [1, 2]
      var span = y.mutableSpan
      BLAS.axpy(alpha: 1, x: [1.0, 2, 3].span, y: &span)
    }
    #expect(message(outcome4).contains("BLAS.axpy: x has 3 elements and y has 2"))
  }

  @Test func theLibraryIsOpenBLASWithNarrowIntegers() {
    #expect(OpenBLAS.configuration.contains("OpenBLAS"))
    #expect(!OpenBLAS.coreName.isEmpty)
    #expect(OpenBLAS.threads >= 1)
    #expect(OpenBLAS.isWide("OpenBLAS 0.3.21 USE64BITINT DYNAMIC_ARCH"))
    #expect(!OpenBLAS.isWide("OpenBLAS 0.3.21 NO_LAPACKE DYNAMIC_ARCH"))
  }
}
