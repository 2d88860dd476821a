import AdjointKernels

extension Tensor {
  /// A tensor of the values of an array from a file, converted to this scalar type as ``FileTensor/converted(to:)`` does.
  ///
  /// ```swift
  /// let file = try SafetensorsFile(path: "digits.safetensors")
  /// let images = Tensor<Float>(try file.tensor(named: "images")) / 16
  /// ```
  public init(_ file: FileTensor) {
    var bytes = file.converted(to: FileElement(Scalar.elementType)).bytes
    // A byte other than 0 and 1 is not a Bool.
    if Scalar.elementType == .bool { bytes = bytes.map { $0 == 0 ? 0 : 1 } }
    self.init(AdjointKernels.values(of: Scalar.self, from: bytes), shape: Shape(file.shape))
  }
}

extension FileTensor {
  /// The tensor's values, to be written to a file. Evaluates.
  public init<Scalar>(_ tensor: Tensor<Scalar>) {
    self.init(
      elementType: FileElement(Scalar.elementType), shape: Array(tensor.shape),
      bytes: AdjointKernels.bytes(of: tensor.scalars))
  }
}

extension FileElement {
  /// The type in a file of a tensor's elements.
  init(_ type: ElementType) {
    switch type {
    case .float32: self = .float32
    case .float64: self = .float64
    case .int64: self = .int64
    case .int32: self = .int32
    case .bool: self = .bool
    }
  }
}
