import Testing

@testable import AdjointKernels

@Suite struct OrthogonalTests {
  @Test(arguments: [(1, 1), (4, 4), (7, 3), (40, 35)])
  func qrGivesOrthonormalColumns(m: Int, n: Int) {
    let a = Columns<Double>.random(m, n, seed: UInt64(m))
    var factors = a
    var tau = [Double](repeating: 0, count: n)
    #expect(LAPACK.geqrf(m: m, n: n, a: &factors.storage, lda: m, tau: &tau) == 0)
    let r = factors.part(n, n).triangle(.upper)
    var q = factors
    #expect(LAPACK.orgqr(m: m, n: n, k: n, a: &q.storage, lda: m, tau: tau) == 0)
    #expect((q * r).isClose(to: a))
    #expect((q.transposed * q).isClose(to: .identity(n)))
    // Qᵀ·A has R above and nothing below.
    var c = a
    let info = LAPACK.ormqr(
      side: .left, transpose: .yes, m: m, n: n, k: n, a: factors.storage, lda: m, tau: tau, c: &c.storage, ldc: m)
    #expect(info == 0)
    #expect(c.isClose(to: Columns(m, n) { i, j in i <= j ? r[i, j] : 0 }))
  }

  @Test(arguments: [(8, 3), (3, 8), (5, 5)])
  func leastSquaresLeaveAnOrthogonalResidual(m: Int, n: Int) {
    let a = Columns<Double>.random(m, n, seed: UInt64(n))
    let b = Columns<Double>.random(m, 2, seed: 7)
    let rank = min(m, n)
    let start = Columns<Double>(max(m, n), 2) { i, j in i < m ? b[i, j] : 0 }

    var (left, right, pivots) = (a, start, [Int32](repeating: 0, count: n))
    let complete = LAPACK.gelsy(
      m: m, n: n, nrhs: 2, a: &left.storage, lda: m, b: &right.storage, ldb: max(m, n), pivots: &pivots, rcond: 1e-10)
    #expect(complete.info == 0 && complete.rank == rank)
    let x = right.part(n, 2)
    #expect((a.transposed * (a * x - b)).isClose(to: Columns(n, 2)))

    var (again, other, s) = (a, start, [Double](repeating: 0, count: rank))
    let singular = LAPACK.gelsd(
      m: m, n: n, nrhs: 2, a: &again.storage, lda: m, b: &other.storage, ldb: max(m, n), s: &s, rcond: -1)
    #expect(singular.info == 0 && singular.rank == rank)
    // Both give the solution of least norm, so they agree where there are many.
    #expect(other.part(n, 2).isClose(to: x, condition: 100))
    #expect(zip(s, s.dropFirst()).allSatisfy { $0 >= $1 })
  }

  @Test func aMissingRankIsFound() {
    let column = Columns<Float>.random(6, 1, seed: 1)
    var a = Columns<Float>(6, 3) { i, j in column[i, 0] * Float(j + 1) }
    var b = column
    var s = [Float](repeating: 0, count: 3)
    let result = LAPACK.gelsd(
      m: 6, n: 3, nrhs: 1, a: &a.storage, lda: 6, b: &b.storage, ldb: 6, s: &s, rcond: 1e-4)
    #expect(result.info == 0 && result.rank == 1)
    // Of all x with x₀ + 2·x₁ + 3·x₂ = 1 the shortest is (1, 2, 3)/14.
    #expect(b.part(3, 1).isClose(to: Columns(3, 1) { i, _ in Float(i + 1) / 14 }))
  }
}
