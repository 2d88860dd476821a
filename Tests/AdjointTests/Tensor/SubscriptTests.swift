import Testing

@testable import Adjoint

/// Reading and writing parts of tensors.
@Suite struct SubscriptTests {
  /// 0…23 in shape [2, 3, 4].
  let x = Tensor<Int>.arange(24).reshaped(2, 3, 4)

  private func expect<Scalar>(
    _ tensor: Tensor<Scalar>, _ shape: Shape, _ elements: [Scalar], _ location: SourceLocation = #_sourceLocation
  ) {
    #expect(tensor.shape == shape, sourceLocation: location)
    #expect(tensor.scalars == elements, sourceLocation: location)
  }

  @Test func placesDropTheirAxes() {
    expect(x[1, 2, 3], [], [23])
    expect(x[-1, -3], [4], [12, 13, 14, 15])
    expect(x[.ellipsis, 0], [2, 3], [0, 4, 8, 12, 16, 20])
    expect(x[0, .ellipsis, -1], [3], [3, 7, 11])
    expect(x[.ellipsis], [2, 3, 4], x.scalars)
  }

  @Test func rangesKeepTheirAxes() {
    expect(x[1..., 2], [1, 4], [20, 21, 22, 23])
    expect(x[0, 0..<2, 1...2], [2, 2], [1, 2, 5, 6])
    expect(x[0, ..<1, (-2)...], [1, 2], [2, 3])
    expect(x[0, 0, ...(-2)], [3], [0, 1, 2])
    expect(x[0, 0, 2..<2], [0], [])
    expect(x[.all, 1..., 0], [2, 2], [4, 8, 16, 20])
  }

  @Test func stridesGoBothWays() {
    expect(x[0, 0, .stride(by: 2)], [2], [0, 2])
    expect(x[0, 0, .stride(from: 1, by: 2)], [2], [1, 3])
    expect(x[0, 0, .stride(by: -1)], [4], [3, 2, 1, 0])
    expect(x[0, 0, .stride(from: -1, to: 0, by: -2)], [2], [3, 1])
    expect(x[.stride(by: -1), 0, 0], [2], [12, 0])
  }

  @Test func newAxes() {
    #expect(x[.newAxis, 0].shape == [1, 3, 4])
    #expect(x[.ellipsis, .newAxis].shape == [2, 3, 4, 1])
    #expect(x[0, .newAxis, 1..., .newAxis, 0].shape == [1, 2, 1])
  }

  @Test func masksAndIndices() {
    let y = Tensor<Double>([[1, -2, 3], [-4, 5, -6]])
    expect(y[y .> 0], [3], [1, 3, 5])
    expect(y[Tensor<Bool>([false, true])], [1, 3], [-4, 5, -6])
    expect(y[.all, Tensor<Bool>([true, false, true])], [2, 2], [1, 3, -4, -6])
    expect(y[Tensor<Int>([1, -2, 1])], [3, 3], [-4, 5, -6, 1, -2, 3, -4, 5, -6])
    expect(y[.ellipsis, Tensor<Int>([[0, -1]])], [2, 1, 2], [1, 3, -4, -6])
    expect((y .> 0).nonzero(), [3, 2], [0, 0, 0, 2, 1, 1])
    expect(y.maskedSelect(y .> 100), [0], [])
  }

  @Test func gradientsGoToTheSelectedPlaces() {
    let y = Tensor<Double>([[1, -2, 3], [-4, 5, -6]], requiresGrad: true)
    (y[1, .stride(by: -1)] * Tensor([1, 2, 3])).sum().backward()
    expect(y.grad!, [2, 3], [0, 0, 0, 3, 2, 1])
    y.zeroGrad()
    (y[y .> 0] * 2 + y[Tensor<Int>([0, 0, 0])][.all, 0]).sum().backward()
    expect(y.grad!, [2, 3], [5, 0, 2, 0, 2, 0])
  }

  @Test func writingChangesOneVariable() {
    var y = Tensor<Double>.zeros(2, 3)
    let before = y
    y[0, 1] = 5
    y[1] = [1, 2, 3]
    y[.all, .stride(by: -2)] = [[10, 20], [30, 40]]
    expect(y, [2, 3], [20, 5, 10, 40, 2, 30])
    expect(before, [2, 3], [0, 0, 0, 0, 0, 0])
    y[y .> 15] = 0
    expect(y, [2, 3], [0, 5, 10, 0, 2, 0])
    y[.all, Tensor<Int>([-1, 0])] = [7, 8]
    expect(y, [2, 3], [8, 5, 7, 8, 2, 7])
    y[0][1] = 9
    y[0, 0] += 1
    expect(y, [2, 3], [9, 9, 7, 8, 2, 7])
    let recorded = y * 2
    y[0] = 0
    expect(recorded, [2, 3], [18, 18, 14, 16, 4, 14])
  }

  @Test func writingInPlaceTakesNoCopy() {
    var y = Tensor<Float>(Array(repeating: 0, count: 1000))
    y.evaluate()
    let buffer = ObjectIdentifier(y.node.value!.buffer)
    for k in 0..<10 { y[k * 3] = Tensor(Float(k)) }
    #expect(ObjectIdentifier(y.node.value!.buffer) == buffer)
    #expect(y.sum().item() == 45)
  }

  @Test func leavesAreWrittenInsideNoGrad() {
    var w = Tensor<Double>([1, 2, 3], requiresGrad: true)
    let other = w
    noGrad { w[1] = 20 }
    expect(other, [3], [1, 20, 3])
    #expect(w.requiresGrad)
  }

  @Test(arguments: 0..<9) func misuseStopsWithASentence(_ index: Int) async {
    let expected = [
      "place 2 is out of range for axis 0 of extent 2", "entries for 4 axes", "does not lie within axis 2 of extent 4",
      "more than one tensor", "a mask of shape [3]", "requires a gradient is written to while operations are tracked",
      "is the result of Multiply and tracked", "a value of shape [5]", "selects nothing",
    ]
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) { [index] in
      var x = Tensor<Double>.zeros(2, 3, 4)
      var leaf = Tensor<Double>([1, 2], requiresGrad: true)
      switch index {
      case 0: _ = x[2]
      case 1: _ = x[0, 0, 0, 0]
      case 2: _ = x[0, 0, 1..<6]
      case 3: _ = x[Tensor<Int>([0]), Tensor<Int>([0])]
      case 4: _ = x[Tensor<Bool>([true, true, false])]
      case 5: leaf[0] = 1
      case 6:
        var y = leaf * 2
        y[0] = 1
      case 7: x[0, 0] = Tensor(Array(repeating: 0, count: 5))
      default: _ = x[Tensor<Double>([0])]
      }
    }
    let message = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(message.contains(expected[index]), "got \(message)")
  }
}
