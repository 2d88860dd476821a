import Testing

@testable import AdjointKernels

@Suite struct LinearSystemsTests {
  @Test(arguments: [1, 2, 7, 20])
  func theFactorsOfLUSolveAndInvert(n: Int) {
    check(Float.self, n)
    check(Double.self, n)
  }

  private func check<Scalar: LAPACKScalar>(_: Scalar.Type, _ n: Int) {
    var a = Columns<Scalar>.random(n, n, seed: UInt64(n))
    for i in 0..<n { a[i, i] += Scalar(n) }
    let solution = Columns<Scalar>.random(n, 3, seed: 99)
    var factors = a
    var pivots = [Int32](repeating: 0, count: n)
    #expect(LAPACK.getrf(m: n, n: n, a: &factors.storage, lda: n, pivots: &pivots) == 0)
    for transpose in transposes {
      var b = (transpose == .no ? a : a.transposed) * solution
      let info = LAPACK.getrs(
        transpose: transpose, n: n, nrhs: 3, a: factors.storage, lda: n, pivots: pivots, b: &b.storage, ldb: n)
      #expect(info == 0)
      #expect(b.isClose(to: solution), "\(Scalar.self), n \(n), \(transpose)")
    }
    for norm in [LAPACK.Norm.one, .infinity] {
      let size = LAPACK.lange(norm: norm, m: n, n: n, a: a.storage, lda: n)
      let (info, rcond) = LAPACK.gecon(norm: norm, n: n, a: factors.storage, lda: n, anorm: size)
      #expect(info == 0)
      #expect(rcond > 0.01 && rcond <= 1.0001, "\(Scalar.self), n \(n), \(norm)")
    }
    #expect(LAPACK.getri(n: n, a: &factors.storage, lda: n, pivots: pivots) == 0)
    #expect((a * factors).isClose(to: .identity(n)), "\(Scalar.self), n \(n)")
  }

  @Test func normsAreSumsOfColumnsOrRows() {
    let a = Columns<Double>(2, 3) { i, j in [[1, -2, 3], [-4, 5, 6]][i][j] }
    #expect(LAPACK.lange(norm: .one, m: 2, n: 3, a: a.storage, lda: 2) == 9)
    #expect(LAPACK.lange(norm: .infinity, m: 2, n: 3, a: a.storage, lda: 2) == 15)
  }

  @Test func aZeroPivotIsReported() {
    var a: [Double] = [1, 2, 2, 4]
    var pivots: [Int32] = [0, 0]
    let info = LAPACK.getrf(m: 2, n: 2, a: &a, lda: 2, pivots: &pivots)
    let error = LinearAlgebraError(info: info, routine: "getrf", batch: 3, meaning: .singular)
    #expect(error == .singular(routine: "getrf", batch: 3, pivot: 1))
    #expect(error?.description == "getrf: matrix 3 is singular; pivot 1 is exactly zero.")
  }

  @Test(arguments: triangles, [1, 3, 12])
  func choleskySolvesAndInverts(triangle: BLAS.Triangle, n: Int) {
    let root = Columns<Double>.random(n, n, seed: UInt64(n))
    var a = root * root.transposed
    for i in 0..<n { a[i, i] += 1 }
    var factor = a
    #expect(LAPACK.potrf(triangle: triangle, n: n, a: &factor.storage, lda: n) == 0)
    let half = factor.triangle(triangle)
    #expect((triangle == .upper ? half.transposed * half : half * half.transposed).isClose(to: a))
    let solution = Columns<Double>.random(n, 2, seed: 5)
    var b = a * solution
    #expect(
      LAPACK.potrs(triangle: triangle, n: n, nrhs: 2, a: factor.storage, lda: n, b: &b.storage, ldb: n) == 0)
    #expect(b.isClose(to: solution, condition: 100))
    #expect(LAPACK.potri(triangle: triangle, n: n, a: &factor.storage, lda: n) == 0)
    let inverse = Columns<Double>(n, n) { i, j in
      (j >= i) == (triangle == .upper) || i == j ? factor[i, j] : factor[j, i]
    }
    #expect((a * inverse).isClose(to: .identity(n), condition: 100))
  }

  @Test func anIndefiniteMatrixIsReported() {
    var a: [Float] = [1, 0, 0, 0, 2, 0, 0, 0, -1]
    let info = LAPACK.potrf(triangle: .lower, n: 3, a: &a, lda: 3)
    let error = LinearAlgebraError(info: info, routine: "potrf", batch: 0, meaning: .notPositiveDefinite)
    #expect(error == .notPositiveDefinite(routine: "potrf", batch: 0, order: 3))
    #expect(
      error?.description == "potrf: matrix 0 is not positive definite; its leading block of order 3 is not.")
  }

  @Test(arguments: triangles, transposes)
  func triangularSystemsAreSolved(triangle: BLAS.Triangle, transpose: BLAS.Transpose) {
    var a = Columns<Double>.random(6, 6, seed: 1)
    for i in 0..<6 { a[i, i] = 4 }
    let half = a.triangle(triangle)
    let solution = Columns<Double>.random(6, 2, seed: 2)
    var b = (transpose == .no ? half : half.transposed) * solution
    let info = LAPACK.trtrs(
      triangle: triangle, transpose: transpose, n: 6, nrhs: 2, a: a.storage, lda: 6, b: &b.storage, ldb: 6)
    #expect(info == 0)
    #expect(b.isClose(to: solution))
    a[4, 4] = 0
    #expect(
      LAPACK.trtrs(triangle: triangle, n: 6, nrhs: 2, a: a.storage, lda: 6, b: &b.storage, ldb: 6) == 5)
  }

  @Test func noEquationsAreSolvedToo() {
    var none: [Double] = [0]
    var pivots: [Int32] = [0]
    #expect(LAPACK.getrf(m: 0, n: 0, a: &none, lda: 1, pivots: &pivots) == 0)
    #expect(LAPACK.getri(n: 0, a: &none, lda: 1, pivots: pivots) == 0)
    #expect(LAPACK.potrf(triangle: .upper, n: 0, a: &none, lda: 1) == 0)
  }

  @Test func theFirstElementThatIsNotFiniteIsFound() {
    var a = Columns<Float>.random(5, 4, seed: 3)
    #expect(LAPACK.firstNonFinite(m: 5, n: 4, a: a.storage, lda: 5) == nil)
    a[3, 2] = -.infinity
    a[1, 3] = .nan
    let found = LAPACK.firstNonFinite(m: 5, n: 4, a: a.storage, lda: 5)
    #expect(found?.row == 3 && found?.column == 2)
  }

  @Test func everyErrorSaysWhatHappened() {
    typealias Failure = LinearAlgebraError
    #expect(Failure(info: 0, routine: "getrf", batch: 0, meaning: .singular) == nil)
    let refused = Failure(info: -4, routine: "gesdd", batch: 0, meaning: .noConvergence)
    #expect(refused?.description == "gesdd: LAPACK refused argument 4.")
    let stuck = Failure(info: 2, routine: "gesdd", batch: 1, meaning: .noConvergence)
    #expect(stuck?.description == "gesdd: the iteration on matrix 1 did not converge; 2 values are missing.")
    #expect(
      Failure.nonFinite(routine: "syevd", batch: 0, row: 1, column: 2).description
        == "syevd: matrix 0 has an element that is NaN or infinite, in row 1, column 2.")
  }
}
