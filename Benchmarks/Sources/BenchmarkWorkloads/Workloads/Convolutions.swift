import Adjoint
import BenchmarkCore

/// A layer of convolutions, forward and backward.
enum Convolutions {
  private static let (channels, outputs, extent, kernel) = (32, 64, 56, 3)

  static let workloads = [
    Workload(
      id: "convolution/layer", summary: "3 × 3 from 32 to 64 channels of 56 × 56, and both gradients",
      kind: .arithmetic,
      sizeMeaning: "images", defaultSizes: [8], largestSize: 1024, shape: { [$0, channels, extent, extent] },
      bytesFormula: "2·(x + w) + 3·y", flopsFormula: "3·2·y·32·9",
      cost: {
        let (x, y) = ($0.shape[0] * channels * extent * extent, $0.shape[0] * outputs * extent * extent)
        let taps = channels * kernel * kernel
        return .init(
          bytes: (2 * (x + outputs * taps) + 3 * y) * $0.dataType.size, flops: 6 * y * taps, items: $0.shape[0])
      },
      prepare: { item in prepared(item, { layer(item, $0) }, { layer(item, $0) }) })
  ]

  private static func layer<Scalar: TensorFloatingPoint>(
    _ item: WorkloadCase, _ type: Scalar.Type
  ) -> PreparedWorkload {
    let batch = item.shape[0]
    let x = Inputs.tensor([batch, channels, extent, extent], seed: 1, type, requiresGrad: true)
    let w = Inputs.tensor([outputs, channels, kernel, kernel], seed: 2, type, requiresGrad: true)
    let g = Inputs.tensor([batch, outputs, extent, extent], seed: 3, type)
    func run() -> Tensor<Scalar> {
      (x.grad, w.grad) = (nil, nil)
      let y = x.convolution2D(w, padding: 1)
      y.backward(g)
      return y
    }
    return PreparedWorkload(
      run: { run().evaluate() },
      verify: {
        let y = run().scalars
        let (xs, ws, gs) = (x.scalars.map { Double($0) }, w.scalars.map { Double($0) }, g.scalars.map { Double($0) })
        // ⟨y, g⟩ by the formula, plane by plane shifted; the two gradients must give it too, by Euler's theorem.
        var expected = 0.0
        let plane = extent * extent
        for n in 0..<batch {
          for o in 0..<outputs {
            for c in 0..<channels {
              for k in 0..<kernel {
                for l in 0..<kernel {
                  var sum = 0.0
                  for i in Swift.max(0, 1 - k)..<Swift.min(extent, extent + 1 - k) {
                    let (from, to) = (
                      (n * channels + c) * plane + (i + k - 1) * extent + l - 1, (n * outputs + o) * plane + i * extent
                    )
                    for j in Swift.max(0, 1 - l)..<Swift.min(extent, extent + 1 - l) {
                      sum += xs[from + j] * gs[to + j]
                    }
                  }
                  expected += sum * ws[((o * channels + c) * kernel + k) * kernel + l]
                }
              }
            }
          }
        }
        let size = Double(y.count).squareRoot()
        let sums = [
          zip(y, gs).reduce(0) { $0 + Double($1.0) * $1.1 },
          zip(x.grad!.scalars, xs).reduce(0) { $0 + Double($1.0) * $1.1 },
          zip(w.grad!.scalars, ws).reduce(0) { $0 + Double($1.0) * $1.1 },
        ]
        for (name, sum) in zip(["values", "input's gradient", "weight's gradient"], sums)
        where !(Swift.abs(sum - expected) < 1e-3 * size) {
          return "\(name): ⟨y, g⟩ is \(sum) instead of \(expected)"
        }
        return nil
      })
  }
}
