import Testing

@testable import Adjoint

@Suite struct DescriptionTests {
  @Test func describesTypesAndTracking() {
    #expect("\(Tensor<Float>([1, 2.5, -3]))" == "tensor([ 1.0000,  2.5000, -3.0000])")
    #expect("\(Tensor<Double>([1, 2]))" == "tensor([1., 2.], dtype: Double)")
    #expect("\(Tensor<Int>([1, -20]))" == "tensor([  1, -20], dtype: Int)")
    #expect("\(Tensor<Int32>([1]))" == "tensor([1], dtype: Int32)")
    #expect("\(Tensor<Bool>([true, false]))" == "tensor([ true, false], dtype: Bool)")
    #expect("\(Tensor<Float>(2.5))" == "tensor(2.5000)")
    #expect("\(Tensor<Float>([], shape: [0, 3]))" == "tensor([], size: [0, 3])")
    #expect("\(Tensor<Float>([]))" == "tensor([])")
    let x = Tensor<Float>([1, 2], requiresGrad: true)
    #expect("\(x)" == "tensor([1., 2.], requiresGrad: true)")
    #expect("\(x * 3)" == "tensor([3., 6.], gradient: Multiply)")
    #expect("\((x * x).detached())" == "tensor([1., 4.])")
    #expect((x / 3).formatted(TensorFormat(precision: 2)) == "tensor([0.33, 0.67], gradient: Divide)")
  }

  @Test func stridedTensorsPrintInOrder() {
    let x = Tensor<Float>([1, 2, 3, 4, 5, 6], shape: [2, 3])
    #expect("\(x.transposed())" == "tensor([[1., 4.],\n        [2., 5.],\n        [3., 6.]])")
  }
}

@Suite struct TensorFileTests {
  @Test func tensorsGoThroughFiles() throws {
    let x = Tensor<Float>([1, 2.5, -3, 0, 7, 9], shape: [2, 3])
    let bytes = try SafetensorsFile.encode([
      "x": FileTensor(x.transposed()), "i": FileTensor(Tensor<Bool>([true, false])),
    ])
    let file = try SafetensorsFile(bytes: bytes)
    #expect(try Tensor<Float>(file.tensor(named: "x")).scalars == [1, 0, 2.5, 7, -3, 9])
    #expect(try Tensor<Double>(file.tensor(named: "x")).shape == [3, 2])
    #expect(try Tensor<Int>(file.tensor(named: "i")).scalars == [1, 0])
    #expect(try Tensor<Bool>(FileTensor(elementType: .bool, shape: [2], bytes: [0, 7])).scalars == [false, true])
  }
}
