import AdjointKernels
import Testing

@testable import Adjoint

/// Convolutions and pools against their formulas, element by element.
///
/// Inputs are small whole numbers, so that every sum is exact and every comparison is for equality.
@Suite struct ConvolutionTests {
  /// A convolution in two dimensions with the extents of its arrays.
  struct Geometry: CustomStringConvertible, Sendable {
    var batch = 1, channels = 1, rows = 1, columns = 1
    var outputs = 1, kernelRows = 1, kernelColumns = 1
    var stride = [1, 1], padding = [0, 0], dilation = [1, 1], groups = 1

    var input: Shape { [batch, channels * groups, rows, columns] }
    var weight: Shape { [outputs * groups, channels, kernelRows, kernelColumns] }

    var description: String {
      "input \(input), weight \(weight), stride \(stride), padding \(padding), dilation \(dilation), \(groups) groups"
    }

    static func random(_ seed: UInt64) -> Geometry {
      var generator = SplitMix(state: seed)
      func any(_ choices: [Int]) -> Int { choices.randomElement(using: &generator)! }
      while true {
        var result = Geometry()
        result.batch = any([1, 2, 3])
        result.groups = any([1, 1, 2, 3])
        result.channels = any([1, 2, 3, 5])
        result.outputs = any([1, 2, 3, 7, 13, 20])
        (result.rows, result.columns) = (any([1, 2, 5, 8]), any([1, 3, 6, 9, 20]))
        (result.kernelRows, result.kernelColumns) = (any([1, 2, 3]), any([1, 2, 3, 4]))
        result.stride = [any([1, 1, 2, 3]), any([1, 1, 2, 4])]
        result.padding = [any([0, 1, 2]), any([0, 1, 3])]
        result.dilation = [any([1, 1, 2]), any([1, 1, 2, 5])]
        let fits =
          result.rows + 2 * result.padding[0] > (result.kernelRows - 1) * result.dilation[0]
          && result.columns + 2 * result.padding[1] > (result.kernelColumns - 1) * result.dilation[1]
        if fits { return result }
      }
    }

    /// Beyond tiles, chains of 256 steps and blocks of rows; a little more than a multiple of anything.
    static let large: [Geometry] = [
      Geometry(channels: 3, rows: 37, columns: 121, outputs: 5, kernelRows: 3, kernelColumns: 3, padding: [1, 1]),
      Geometry(channels: 61, rows: 9, columns: 7, outputs: 29, kernelRows: 3, kernelColumns: 3, padding: [1, 1]),
      Geometry(channels: 2, columns: 9_001, outputs: 3, kernelColumns: 31, groups: 2),
      Geometry(channels: 1, columns: 5_003, outputs: 17, kernelColumns: 9, stride: [1, 3], padding: [0, 4]),
      Geometry(channels: 1, columns: 1_009, outputs: 1, kernelColumns: 5, padding: [0, 300], dilation: [1, 150]),
      Geometry(batch: 3, channels: 1, rows: 40, columns: 41, outputs: 1, kernelRows: 5, kernelColumns: 4, groups: 3),
      Geometry(channels: 5, rows: 31, columns: 33, outputs: 2, kernelRows: 17, kernelColumns: 17),
      Geometry(channels: 300, rows: 3, columns: 5, outputs: 130),
      Geometry(
        channels: 20, rows: 30, columns: 31, outputs: 18, kernelRows: 3, kernelColumns: 3, padding: [12, 12],
        dilation: [12, 12]),
    ]
  }

  private static func whole(_ shape: Shape, seed: UInt64) -> Tensor<Float> {
    var generator = SplitMix(state: seed)
    return Tensor((0..<shape.elementCount).map { _ in Float(Int.random(in: -2...2, using: &generator)) }, shape: shape)
  }

  /// y, and what the cotangent gives for x and w, by the formula.
  private static func reference(
    _ geometry: Geometry, _ x: [Float], _ w: [Float], _ g: [Float], rows: Int, columns: Int
  ) -> (y: [Float], x: [Float], w: [Float]) {
    let (channels, outputs) = (geometry.channels, geometry.outputs)
    var (y, gx, gw) = (g.map { _ in Float(0) }, x.map { _ in Float(0) }, w.map { _ in Float(0) })
    for n in 0..<geometry.batch {
      for o in 0..<outputs * geometry.groups {
        let first = o / outputs * channels
        for c in 0..<channels {
          for k in 0..<geometry.kernelRows {
            for l in 0..<geometry.kernelColumns {
              let weight = ((o * channels + c) * geometry.kernelRows + k) * geometry.kernelColumns + l
              for i in 0..<rows {
                let row = i * geometry.stride[0] + k * geometry.dilation[0] - geometry.padding[0]
                if row < 0 || row >= geometry.rows { continue }
                let line = ((n * channels * geometry.groups + first + c) * geometry.rows + row) * geometry.columns
                for j in 0..<columns {
                  let column = j * geometry.stride[1] + l * geometry.dilation[1] - geometry.padding[1]
                  if column < 0 || column >= geometry.columns { continue }
                  let output = ((n * outputs * geometry.groups + o) * rows + i) * columns + j
                  y[output] += w[weight] * x[line + column]
                  gx[line + column] += w[weight] * g[output]
                  gw[weight] += x[line + column] * g[output]
                }
              }
            }
          }
        }
      }
    }
    return (y, gx, gw)
  }

  @Test(arguments: (0..<60).map { Geometry.random(UInt64($0)) } + Geometry.large)
  func valuesAndGradientsFollowTheFormula(_ geometry: Geometry) {
    let (x, w) = (Self.whole(geometry.input, seed: 1), Self.whole(geometry.weight, seed: 2))
    x.requiresGrad = true
    w.requiresGrad = true
    let y = x.convolution2D(
      w, stride: PerAxis(geometry.stride), padding: .zeros(PerAxis(geometry.padding)),
      dilation: PerAxis(geometry.dilation), groups: geometry.groups)
    let g = Self.whole(y.shape, seed: 3)
    y.backward(g)
    let expected = Self.reference(
      geometry, x.scalars, w.scalars, g.scalars, rows: y.shape[2], columns: y.shape[3])
    #expect(y.scalars == expected.y, "\(geometry): values")
    #expect(x.grad!.scalars == expected.x, "\(geometry): gradient of the input")
    #expect(w.grad!.scalars == expected.w, "\(geometry): gradient of the weight")
    let double = x.converted(to: Double.self).detached().convolution2D(
      w.converted(to: Double.self).detached(), stride: PerAxis(geometry.stride),
      padding: .zeros(PerAxis(geometry.padding)), dilation: PerAxis(geometry.dilation), groups: geometry.groups)
    #expect(double.scalars == expected.y.map { Double($0) }, "\(geometry): values in Double")
  }

  @Test func oneDimensionIsOneRow() {
    let (x, w) = (Self.whole([2, 4, 30], seed: 1), Self.whole([6, 2, 3], seed: 2))
    let one = x.convolution1D(w, stride: 2, padding: [3], dilation: 4, groups: 2)
    let two = x.reshaped(2, 4, 1, 30).convolution2D(
      w.reshaped(6, 2, 1, 3), stride: [1, 2], padding: [0, 3], dilation: [1, 4], groups: 2)
    #expect(one.shape == [2, 6, 14])
    #expect(one.scalars == two.scalars)
  }

  @Test func sameKeepsTheExtents() {
    for kernel in 1...5 {
      for dilation in 1...3 {
        let x = Self.whole([1, 2, 9], seed: 1)
        let y = x.convolution1D(Self.whole([3, 2, kernel], seed: 2), padding: .same, dilation: PerAxis(dilation))
        #expect(y.shape == [1, 3, 9], "kernel \(kernel), dilation \(dilation)")
      }
    }
    // An odd number of zeros: one more behind the last element.
    let x = Tensor<Float>([1, 2, 3], shape: [1, 3])
    #expect(x.convolution1D(Tensor([1, 10], shape: [1, 1, 2]), padding: .same).scalars == [21, 32, 3])
  }

  @Test func anExampleMayHaveAWeightOfItsOwn() {
    let (x, w) = (Self.whole([5, 2, 4, 6, 7], seed: 1), Self.whole([5, 6, 2, 3, 3], seed: 2))
    let together = vmap { (x: Tensor<Float>, w: Tensor<Float>) in x.convolution2D(w, padding: 1, groups: 2) }(x, w)
    let first = x[0].evaluate()
    let shared = vmap { (w: Tensor<Float>) in first.convolution2D(w, padding: 1, groups: 2) }(w)
    func gradient(_ x: Tensor<Float>, _ w: Tensor<Float>) -> Tensor<Float> {
      grad { (w: Tensor<Float>) in x.convolution2D(w, stride: 2, groups: 2).square().sum() }(w)
    }
    let gradients = vmap { gradient($0, $1) }(x, w)
    for index in 0..<5 {
      #expect(together[index].scalars == x[index].convolution2D(w[index], padding: 1, groups: 2).scalars)
      #expect(shared[index].scalars == x[0].convolution2D(w[index], padding: 1, groups: 2).scalars)
      #expect(gradients[index].scalars == gradient(x[index], w[index]).scalars)
    }
  }

  @Test func emptyBatchesMayHaveEmptyImages() {
    let x = Tensor<Float>.zeros([0, 2, 2], requiresGrad: true)
    let w = Tensor<Float>.ones([2, 3, 1], requiresGrad: true)
    let y = x.transposedConvolution1D(w, padding: 1)
    y.sum().backward()
    #expect(y.shape == [0, 3, 0])
    #expect(x.grad!.shape == [0, 2, 2])
    #expect(w.grad!.scalars == Array(repeating: 0, count: 6))
  }

  @Test func stridesThatLeadNowhere() {
    let (x, w) = (Self.whole([1, 2, 5], seed: 1), Self.whole([2, 2, 3], seed: 2))
    x.requiresGrad = true
    let y = x.convolution1D(w, stride: PerAxis(.max), padding: 1)
    y.sum().backward()
    #expect(y.scalars == x.convolution1D(w, padding: 1).slice(axis: 2, end: 1).scalars)
    #expect(x.grad!.scalars.count == 10)
    let one = x.slice(axis: 2, end: 1).transposedConvolution1D(w, stride: PerAxis(.max))
    #expect(one.scalars == x.slice(axis: 2, end: 1).transposedConvolution1D(w).scalars)
    #expect(x.maxPool1D(3, stride: PerAxis(.max)).scalars == x.maxPool1D(3).scalars)
    #expect(x.averagePool1D(1, stride: PerAxis(.max)).scalars == x.slice(axis: 2, end: 1).scalars)
  }

  /// The zeros around the input of a transposed convolution are no factors: an infinite weight meets elements only.
  @Test func infiniteWeightsBesideTheEdges() {
    let x = Tensor<Float>([1, 2, 0, -1], shape: [1, 2, 2])
    let w = Tensor<Float>([.infinity, 1, 0, 2, 1, 3, 1, 5, 2, 0, 4, 1], shape: [2, 2, 3])
    let finite = w.scalars.map { $0 == .infinity ? Float(1000) : $0 }
    for (stride, padding) in [(1, 0), (2, 0), (2, 1), (3, 1)] {
      let expected = x.transposedConvolution1D(
        Tensor(finite, shape: w.shape), stride: PerAxis(stride), padding: PerAxis(padding))
      let got = x.transposedConvolution1D(w, stride: PerAxis(stride), padding: PerAxis(padding))
      let capped = got.scalars.map { $0 == .infinity ? Float(2000) : $0 }
      for (a, b) in zip(capped, expected.scalars) {
        #expect(a == b || (a == 2000 && b > 500), "stride \(stride), padding \(padding): \(got.scalars)")
      }
    }
  }

  @Test func infinityNextToPadding() {
    let x = Tensor<Float>([.infinity, 1, 2], shape: [1, 3])
    #expect(x.maxPool1D(2, stride: 1, padding: 1).scalars == [.infinity, .infinity, 2, 2])
    #expect((-x).maxPool1D(2, stride: 1, padding: 1).scalars == [-.infinity, -1, -1, -2])
    #expect(Tensor<Float>([-.infinity, -.infinity], shape: [1, 2]).maxPool1D(2).scalars == [-.infinity])
  }

  @Test func firstOfEqualElementsAndLastNaN() {
    let x = Tensor<Float>([1, 3, 3, 0, .nan, 5, .nan, 1], shape: [1, 8], requiresGrad: true)
    let y = x.maxPool1D(4)
    y.backward(Tensor([1, 2], shape: [1, 2]))
    #expect(y.scalars[0] == 3 && y.scalars[1].isNaN)
    #expect(x.grad!.scalars == [0, 1, 0, 0, 0, 0, 2, 0])
  }

  @Test func windowsThatJumpOverTheInput() {
    let x = Tensor<Float>([7], shape: [1, 1], requiresGrad: true)
    let y = x.maxPool1D(2, stride: 1, padding: 2, dilation: 3)
    y.sum().backward()
    #expect(y.scalars == [-.infinity, -.infinity])
    #expect(x.grad!.scalars == [0])
  }
}
