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
      let values: [Double] = data.scalars
      let total: Double = values.reduce(0, +)
      let expected: [Double] = (0..<2).map { (k: Int) -> Double in values[start + k] * total + values[start + 1 + k] }
      #expect(w.grad!.scalars == expected, "run \(run)")
    }
  }

  /// A view of an array, and the same elements in an array of their own.
  @Test func aViewOrACopy() {
    let w = Tensor<Double>([1, 2, 3, 4], shape: [2, 2], requiresGrad: true)
    let first = Tensor<Double>([1, 2, 3, 5], shape: [2, 2])
    let second = Tensor<Double>([7, 11, 13, 17], shape: [2, 2])
    for run in 0..<8 {
      let x = (first + Double(run)).evaluate()
      let other = run % 2 == 0 ? x : (second * Double(run)).evaluate()
      w.zeroGrad()
      (other.select(axis: 1, index: 0).matmul(w) * x).sum().backward()
      let (a, b) = (other.scalars, x.scalars)
      let left: [Double] = [a[0], a[2]]
      let right: [Double] = [b[0] + b[2], b[1] + b[3]]
      let expected: [Double] = left.flatMap { l in right.map { r in l * r } }
      #expect(w.grad!.scalars == expected, "run \(run)")
    }
  }
}
