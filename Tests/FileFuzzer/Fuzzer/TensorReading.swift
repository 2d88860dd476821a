import Adjoint

/// Tensors of what was read: they exist, with the array's shape, or an error says why not.
enum TensorReading {
  static func fault(_ file: FileTensor) -> String? {
    fault(file, Float.self) ?? fault(file, Int.self) ?? fault(file, Bool.self)
  }

  private static func fault<Scalar: TensorScalar>(_ file: FileTensor, _: Scalar.Type) -> String? {
    guard let tensor = try? Tensor<Scalar>(file) else { return nil }
    return tensor.shape.elementsEqual(file.shape) ? nil : "a tensor of shape \(tensor.shape), not \(file.shape)"
  }
}
