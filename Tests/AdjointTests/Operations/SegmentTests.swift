import AdjointKernels
import Testing

@testable import Adjoint

/// Rows by segments against loops, and their derivatives.
@Suite struct SegmentTests {
  typealias D = Tensor<Double>
  private let x = D([1, 2, 0, 4, 5, 6, 7, 0], shape: [4, 2])
  private let segments: Tensor<Int> = [2, 0, 2, 2]

  @Test func values() {
    #expect(x.segmentSum(segments, count: 4).scalars == [0, 4, 0, 0, 13, 8, 0, 0])
    #expect(x.segmentProduct(segments, count: 4).scalars == [0, 4, 1, 1, 35, 0, 1, 1])
    #expect(x.segmentMaximum(segments, count: 3).scalars == [0, 4, -.infinity, -.infinity, 7, 6])
    #expect(x.segmentMinimum(segments, count: 3).scalars == [0, 4, .infinity, .infinity, 1, 0])
    let means = x.segmentMean(segments, count: 3).scalars
    #expect(means[0] == 0 && means[1] == 4 && means[2].isNaN && means[3].isNaN)
    #expect(means[4] == 13 / 3.0 && means[5] == 8 / 3.0)
    #expect(Tensor<Int>([1, 2, 3]).segmentSum([1, 1, 0], count: 2).scalars == [3, 3])
    #expect(D.zeros(0, 3).segmentSum(.zeros(0), count: 2).scalars == [0, 0, 0, 0, 0, 0])
    #expect(D([1, 2]).segmentSum([0, 0], count: 1).shape == [1])
  }

  @Test func derivatives() {
    func gradient(_ f: (D) -> D) -> [Double] {
      let x = D(self.x.scalars, shape: [4, 2], requiresGrad: true)
      let y = f(x)
      let weights = D((0..<y.count).map { Double($0 + 1) }, shape: y.shape)
      D.where(y.isFinite(), y * weights, 0).sum().backward()
      return x.grad!.scalars
    }
    #expect(gradient { $0.segmentSum(segments, count: 3) } == [5, 6, 1, 2, 5, 6, 5, 6])
    #expect(gradient { $0.segmentProduct(segments, count: 3) } == [175, 0, 1, 2, 35, 0, 25, 72])
    #expect(gradient { $0.segmentMaximum(segments, count: 3) } == [0, 0, 1, 2, 0, 6, 5, 0])
    #expect(gradient { $0.segmentMinimum(segments, count: 3) } == [5, 0, 1, 2, 0, 0, 0, 6])
    for (slope, right) in zip(gradient { $0.segmentMean(segments, count: 3) }, [5.0, 6, 3, 6, 5, 6, 5, 6]) {
      #expect(abs(3 * slope - right) < 1e-14)
    }
  }

  @Test func factorsSolve() throws {
    let a = D([[2, 1, 0], [4, 1, 3], [1, 0, 2]])
    for b in [D([1, 2, 3]), D([[1, 0], [2, 5], [3, -1]])] {
      let x = try D.luSolve(a.lu(), b)
      let direct = try a.solve(b)
      #expect(x.shape == direct.shape)
      for (left, right) in zip(x.scalars, direct.scalars) { #expect(abs(left - right) < 1e-14) }
      let slopes = [
        grad(of: { (a: D) in try! D.luSolve(a.lu(), b).square().sum() })(a),
        grad(of: { (a: D) in try! a.solve(b).square().sum() })(a),
      ]
      for (left, right) in zip(slopes[0].scalars, slopes[1].scalars) {
        #expect(abs(left - right) < 1e-11 * (1 + abs(right)))
      }
    }
    let singular = try D([[1, 2], [2, 4]]).lu()
    #expect(throws: LinearAlgebraError.self) { try D.luSolve(singular, D([1, 1])) }
  }
}
