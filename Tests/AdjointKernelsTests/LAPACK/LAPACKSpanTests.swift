import Testing

@testable import AdjointKernels

/// The routines by span; those by address have their own tests, and these are the same routines behind checks.
@Suite struct LAPACKSpanTests {
  @Test func systemsAreSolved() {
    // Stored column by column: 2·x + y = 5, x + 3·y = 10.
    var a: [Double] = [2, 1, 1, 3]
    var b: [Double] = [5, 10]
    var pivots: [Int32] = [0, 0]
    var matrix = a.mutableSpan
    var right = b.mutableSpan
    var exchanges = pivots.mutableSpan
    #expect(LAPACK.getrf(m: 2, n: 2, a: &matrix, lda: 2, pivots: &exchanges) == 0)
    #expect(
      LAPACK.getrs(n: 2, nrhs: 1, a: matrix.span, lda: 2, pivots: exchanges.span, b: &right, ldb: 2) == 0)
    #expect(right.withUnsafeBufferPointer { zip($0, [1, 3]).allSatisfy { abs($0 - $1) < 1e-14 } })
  }

  @Test func choleskySolves() {
    var a: [Float] = [4, 2, 2, 3]
    var b: [Float] = [8, 7]
    var matrix = a.mutableSpan
    var right = b.mutableSpan
    #expect(LAPACK.potrf(triangle: .lower, n: 2, a: &matrix, lda: 2) == 0)
    #expect(LAPACK.potrs(triangle: .lower, n: 2, nrhs: 1, a: matrix.span, lda: 2, b: &right, ldb: 2) == 0)
    #expect(right.withUnsafeBufferPointer { zip($0, [1.25, 1.5]).allSatisfy { abs($0 - $1) < 1e-6 } })
  }

  @Test func singularAndEigenvaluesAreFound() {
    var a: [Double] = [0, 5, -3, 0]
    var s: [Double] = [0, 0]
    var none: [Double] = []
    var others: [Double] = []
    var matrix = a.mutableSpan
    var values = s.mutableSpan
    var u = none.mutableSpan
    var vt = others.mutableSpan
    let info = LAPACK.gesdd(
      vectors: .none, m: 2, n: 2, a: &matrix, lda: 2, s: &values, u: &u, ldu: 1, vt: &vt, ldvt: 1)
    #expect(info == 0)
    #expect(abs(values[0] - 5) < 1e-14 && abs(values[1] - 3) < 1e-14)

    var symmetric: [Double] = [2, 1, 1, 2]
    var w: [Double] = [0, 0]
    var vectors = symmetric.mutableSpan
    var eigenvalues = w.mutableSpan
    #expect(LAPACK.syevd(vectors: true, triangle: .upper, n: 2, a: &vectors, lda: 2, w: &eigenvalues) == 0)
    #expect(abs(eigenvalues[0] - 1) < 1e-14 && abs(eigenvalues[1] - 3) < 1e-14)
    #expect(LAPACK.firstNonFinite(m: 2, n: 2, a: [1, 2, 3, .nan].span, lda: 2)?.column == 1)
  }

  @Test func extentsAndPivotsThatDoNotFitStopTheProcess() async {
    let outcome1 = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var a: [Double] = [1, 2, 3]
      var matrix = a.mutableSpan
      _ = LAPACK.potrf(triangle: .lower, n: 2, a: &matrix, lda: 2)
    }
    #expect(message(outcome1).contains("LAPACK.potrf: a has 3 elements, too few for 2 columns of 2 that start 2 apart"))
    let outcome2 = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var a: [Double] = [1, 2, 3, 4]
      var matrix = a.mutableSpan
      _ = LAPACK.potrf(triangle: .lower, n: 2, a: &matrix, lda: 1)
    }
    #expect(message(outcome2).contains("LAPACK.potrf: the leading dimension 1 of a is less than its 2 rows"))
    let outcome3 = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var a: [Double] = [1, 2, 3, 4]
      var w: [Double] = [0]
      var matrix = a.mutableSpan
      var values = w.mutableSpan
      _ = LAPACK.syevd(vectors: false, triangle: .lower, n: 2, a: &matrix, lda: 2, w: &values)
    }
    #expect(message(outcome3).contains("LAPACK.syevd: w has 1 elements where the extents ask for 2"))
    let outcome4 = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var b: [Double] = [1, 2]
      var right = b.mutableSpan
      let pivots: [Int32] = [1, 1_000_000]
      _ = LAPACK.getrs(n: 2, nrhs: 1, a: [1, 2, 3, 4].span, lda: 2, pivots: pivots.span, b: &right, ldb: 2)
    }
    #expect(message(outcome4).contains("LAPACK.getrs: pivots[1] is 1000000; the matrix has the rows 1 to 2"))
  }
}
