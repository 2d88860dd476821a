import Testing

@testable import Adjoint

/// Operations along an axis and with lists of places under vmap, for every choice of what the examples share: as a loop
/// over the examples.
@Suite struct BatchedIndexTests {
  private let x = Tensor<Double>.arange(24).reshaped(2, 3, 4).sin()
  private let source = Tensor<Double>.arange(24).reshaped(2, 3, 4).cos()
  private let places = Tensor<Int>([0, 2, 2, 1, 0, 1, 1, 2]).reshaped(2, 4)

  private func check<B: TensorScalar>(
    _ name: String, _ a: Tensor<Double>, _ b: Tensor<B>, _ c: Tensor<Double>,
    _ f: @escaping (Tensor<Double>, Tensor<B>, Tensor<Double>) -> Tensor<Double>
  ) {
    for choice in 1..<8 {
      let axes = (0..<3).map { choice >> $0 & 1 == 1 ? 0 : nil }
      let batched = vmap({ (a: Tensor<Double>, b: Tensor<B>, c: Tensor<Double>) in f(a, b, c) }, inAxes: axes)
      let mapped = batched(
        axes[0] == nil ? a[0] : a, axes[1] == nil ? b[0] : b, axes[2] == nil ? c[0] : c)
      let loop = (0..<2).map { k in
        f(axes[0] == nil ? a[0] : a[k], axes[1] == nil ? b[0] : b[k], axes[2] == nil ? c[0] : c[k])
      }
      #expect(mapped.shape == Shape([2] + loop[0].shape), "\(name), mapped inputs \(axes)")
      #expect(mapped.scalars == loop.flatMap(\.scalars), "\(name), mapped inputs \(axes)")
    }
  }

  @Test func listsOfPlaces() {
    check("indexSelect", x, places, x) { x, index, _ in x.indexSelect(axis: 0, at: index) }
    check("indexSelect, last axis", x, places, x) { x, index, _ in x.indexSelect(axis: 1, at: index) }
    let list = places[0..., ..<3]
    check("indexAdd", x, list, source) { x, index, source in x.indexAdd(axis: 0, at: index, source) }
    check("gather", x, places.reshaped(2, 2, 2), x) { x, index, _ in x.gathered(axis: 0, at: index) }
  }

  @Test func alongAnAxis() {
    check("sorted", x, x, x) { x, y, _ in x.sorted(axis: 1).values + y.sorted(axis: 0, descending: true).values }
    check("topK", x, x, x) { x, y, _ in x.topK(2, axis: 1).values + y.topK(2, axis: 1, largest: false).values }
    check("cumulative", x, x, x) { x, y, z in
      x.cumulativeSum(axis: 1) + y.cumulativeProduct(axis: 0) * z.cumulativeLogSumExp(axis: 1)
    }
    check("median", x, x, x) { x, y, _ in x.median() * y.sum() }
    check("max", x, x, x) { x, y, _ in x.max(axis: 1).values + y.min(axis: 1).values }
    check("rolled", x, x, x) { x, y, _ in x.rolled(by: 1, axis: 1) * y.flipped(0) }
    check("padded", x, x, x) { x, y, _ in x.padded([1, 2]).sum(axis: 0) + y.padded([0, 3], value: 7).sum(axis: 0) }
    check("diagonal", x, x, x) { x, y, _ in x.diagonal() + y.diagonal(axes: 1, 0) }
    check("diagonalEmbedded", x, x, x) { x, y, _ in x.diagonalEmbedded() * y.sum() }
    check("unfolded", x, x, x) { x, y, _ in x.unfolded(axis: 1, size: 2, step: 1) * y.sum() }
  }

  /// A batch of nothing has a shape all the same.
  @Test func noExamples() {
    let none = Tensor<Double>.zeros(0, 3, 4)
    #expect(vmap { (x: Tensor<Double>) in x.cumulativeSum(axis: 0) }(none).shape == [0, 3, 4])
    #expect(vmap { (x: Tensor<Double>) in x.median() }(none).shape == [0])
    #expect(vmap { (x: Tensor<Double>) in x.topK(2, axis: 0).values }(none).shape == [0, 2, 4])
    #expect(vmap { (x: Tensor<Double>) in x.matmul(Tensor<Double>.ones(4)) }(none).shape == [0, 3])
  }

  @Test func derivativesPassThrough() {
    let gradients = vmap { (x: Tensor<Double>) in grad(of: { ($0.cumulativeSum(axis: 0) * $0).sum() })(x) }(x)
    let loop = (0..<2).flatMap { k in grad(of: { ($0.cumulativeSum(axis: 0) * $0).sum() })(x[k]).scalars }
    #expect(zip(gradients.scalars, loop).allSatisfy { abs($0 - $1) < 1e-12 })
    let full = jacobian(of: { $0.sorted(axis: 0).values }, at: x[0])
    #expect(full.sum().item() == 12)
  }
}
