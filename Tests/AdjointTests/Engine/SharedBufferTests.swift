import Adjoint
import Testing

/// Arrays that share a buffer once, and lie otherwise, or elsewhere, the next time.
@Suite struct SharedBufferTests {
  /// A whole array and a slice of it that moves.
  @Test func aMovingSliceBesideTheWhole() {
    let w = Tensor<Double>([0.5, 2], requiresGrad: true)
    for run in 0..<12 {
      let data = (Tensor<Double>.arange(40) * Double(run + 1)).evaluate()
      let start = run * 3
      w.zeroGrad()
      ((data[start..<start + 2] * w).sum() * data.sum()
        + (data.slice(axis: 0, start: start + 1, end: start + 3) * w).sum())
        .backward()
      let values = data.scalars
      let total = values.reduce(0, +)
      #expect(w.grad!.scalars == (0..<2).map { values[start + $0] * total + values[start + 1 + $0] }, "run \(run)")
    }
  }

  /// A view of an array, and the same elements in an array of their own.
  @Test func aViewOrACopy() {
    let w = Tensor<Double>([[1, 2], [3, 4]], requiresGrad: true)
    for run in 0..<8 {
      let x = (Tensor<Double>([[1, 2], [3, 5]]) + Double(run)).evaluate()
      let other = run % 2 == 0 ? x : (Tensor<Double>([[7, 11], [13, 17]]) * Double(run)).evaluate()
      w.zeroGrad()
      (other.select(axis: 1, index: 0).matmul(w) * x).sum().backward()
      let (a, b) = (other.scalars, x.scalars)
      let column = [b[0] + b[2], b[1] + b[3]]
      #expect(
        w.grad!.scalars == [a[0] * column[0], a[0] * column[1], a[2] * column[0], a[2] * column[1]], "run \(run)")
    }
  }
}
