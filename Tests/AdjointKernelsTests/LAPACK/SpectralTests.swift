import Testing

@testable import AdjointKernels

@Suite struct SpectralTests {
  private typealias Routine = (
    LAPACK.SingularVectors, inout Columns<Double>, inout [Double], inout Columns<Double>, inout Columns<Double>
  ) -> Int

  @Test(arguments: [(1, 1), (5, 5), (7, 3), (3, 7), (30, 26)], [LAPACK.SingularVectors.thin, .full])
  func singularValuesRebuildTheMatrix(extents: (Int, Int), vectors: LAPACK.SingularVectors) {
    let (m, n) = extents
    let rank = min(m, n)
    let (left, right) = vectors == .thin ? (rank, rank) : (m, n)
    let a = Columns<Double>.random(m, n, seed: UInt64(m))
    let routines: [Routine] = [
      {
        LAPACK.gesdd(
          vectors: $0, m: m, n: n, a: &$1.storage, lda: m, s: &$2, u: &$3.storage, ldu: m, vt: &$4.storage, ldvt: right)
      },
      {
        LAPACK.gesvd(
          vectors: $0, m: m, n: n, a: &$1.storage, lda: m, s: &$2, u: &$3.storage, ldu: m, vt: &$4.storage, ldvt: right)
      },
      {
        LAPACK.singularValues(
          vectors: $0, m: m, n: n, a: &$1.storage, lda: m, s: &$2, u: &$3.storage, ldu: m, vt: &$4.storage, ldvt: right)
      },
    ]
    for (index, routine) in routines.enumerated() {
      var (work, s) = (a, [Double](repeating: 0, count: rank))
      var (u, vt) = (Columns<Double>(m, left), Columns<Double>(right, n))
      #expect(routine(vectors, &work, &s, &u, &vt) == 0, "routine \(index)")
      let middle = Columns<Double>(left, right) { i, j in i == j && i < rank ? s[i] : 0 }
      #expect((u * middle * vt).isClose(to: a), "routine \(index)")
      #expect((u.transposed * u).isClose(to: .identity(left)), "routine \(index)")
      #expect((vt * vt.transposed).isClose(to: .identity(right)), "routine \(index)")
      #expect(zip(s, s.dropFirst()).allSatisfy { $0 >= $1 } && s.allSatisfy { $0 >= 0 }, "routine \(index)")
    }
  }

  @Test func singularValuesAloneNeedNoVectors() {
    var a: [Float] = [3, 0, 0, -4]
    var s: [Float] = [0, 0]
    #expect(LAPACK.gesdd(vectors: .none, m: 2, n: 2, a: &a, lda: 2, s: &s, u: nil, ldu: 1, vt: nil, ldvt: 1) == 0)
    #expect(abs(s[0] - 4) < 1e-6 && abs(s[1] - 3) < 1e-6)
  }

  @Test(arguments: triangles, [1, 2, 9, 40])
  func symmetricMatricesHaveOrthonormalEigenvectors(triangle: BLAS.Triangle, n: Int) {
    let random = Columns<Double>.random(n, n, seed: UInt64(n))
    let a = Columns<Double>(n, n) { random[$0, $1] + random[$1, $0] }
    var (v, w) = (a, [Double](repeating: 0, count: n))
    #expect(LAPACK.syevd(vectors: true, triangle: triangle, n: n, a: &v.storage, lda: n, w: &w) == 0)
    #expect((a * v).isClose(to: Columns(n, n) { v[$0, $1] * w[$1] }))
    #expect((v.transposed * v).isClose(to: .identity(n)))
    #expect(zip(w, w.dropFirst()).allSatisfy { $0 <= $1 })
    var (again, values) = (a, [Double](repeating: 0, count: n))
    #expect(LAPACK.syevd(vectors: false, triangle: triangle, n: n, a: &again.storage, lda: n, w: &values) == 0)
    #expect(Columns(n, 1) { i, _ in values[i] }.isClose(to: Columns(n, 1) { i, _ in w[i] }))
  }

  @Test func generalMatricesHaveComplexPairs() {
    // A rotation by a right angle, and a 2 by itself: eigenvalues ±i and 2.
    let a = Columns<Double>(3, 3) { i, j in [[0, -1, 0], [1, 0, 0], [0, 0, 2]][i][j] }
    var work = a
    var (wr, wi) = ([Double](repeating: 0, count: 3), [Double](repeating: 0, count: 3))
    var (left, right) = (Columns<Double>(3, 3), Columns<Double>(3, 3))
    let info = LAPACK.geev(
      n: 3, a: &work.storage, lda: 3, wr: &wr, wi: &wi, vl: &left.storage, ldvl: 3, vr: &right.storage, ldvr: 3)
    #expect(info == 0)
    let values = zip(wr, wi).sorted { $0.1 < $1.1 }
    let expected: [(Double, Double)] = [(0, -1), (2, 0), (0, 1)]
    for (value, wanted) in zip(values, expected) {
      #expect(abs(value.0 - wanted.0) < 1e-12 && abs(value.1 - wanted.1) < 1e-12)
    }
    // A·(x + iy) = (wr + i·wi)·(x + iy) for the first of the pair, and the transpose for the left ones.
    guard let first = wi.firstIndex(where: { $0 > 0 }) else {
      Issue.record("no complex pair in \(wi)")
      return
    }
    for (matrix, vectors, sign) in [(a, right, 1.0), (a.transposed, left, -1.0)] {
      let x = Columns<Double>(3, 1) { i, _ in vectors[i, first] }
      let y = Columns<Double>(3, 1) { i, _ in vectors[i, first + 1] }
      #expect(x.largest + y.largest > 0.5)
      let (real, imaginary) = (wr[first], sign * wi[first])
      #expect((matrix * x).isClose(to: Columns(3, 1) { i, _ in real * x[i, 0] - imaginary * y[i, 0] }))
      #expect((matrix * y).isClose(to: Columns(3, 1) { i, _ in imaginary * x[i, 0] + real * y[i, 0] }))
    }
  }
}
