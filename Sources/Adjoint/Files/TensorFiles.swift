import AdjointKernels

extension Tensor {
  /// A tensor of the values of an array from a file.
  ///
  /// ```swift
  /// let file = try SafetensorsFile(path: "digits.safetensors")
  /// let images = try Tensor<Float>(file.tensor(named: "images")) / 16
  /// ```
  ///
  /// Values become floating point by rounding to nearest, as ``FileTensor/converted(to:)`` does. A value that an integer or a Boolean
  /// type cannot hold (3.5, NaN, a number out of range; anything but 0 and 1) is an error that names it: to cut such values off, ask
  /// for it with ``FileTensor/converted(to:)``. An array of more than 16 axes is an error too.
  public init(_ file: FileTensor) throws(FileFormatError) {
    guard file.shape.count <= Shape.largestRank else {
      throw .invalidShape(
        path: file.path, key: file.key,
        reason: "\(file.shape.count) axes; a tensor has at most \(Shape.largestRank)")
    }
    let target = FileElement(Scalar.elementType)
    if let (index, value) = file.firstValue(thatDoesNotFit: target) {
      throw .unrepresentable(path: file.path, key: file.key, index: index, value: value, elementType: target)
    }
    guard let needed = FileTensor.byteCount(of: file.shape, target), Shape(file.shape).possibleElementCount >= 0 else {
      throw .invalidShape(path: file.path, key: file.key, reason: "\(file.shape) has too many elements")
    }
    // Twice, because the tensor is made from the converted bytes.
    guard ArrayMemory.has(needed), ArrayMemory.has(2 * needed) || file.elementType == target else {
      throw .tooLarge(
        path: file.path, key: file.key, what: "the elements as \(target.rawValue)", bytes: needed,
        limit: FileMemory.available)
    }
    var bytes = file.converted(to: target).bytes
    // A byte other than 0 and 1 is not a Bool.
    if target == .bool && bytes.contains(where: { $0 > 1 }) { bytes = bytes.map { $0 == 0 ? 0 : 1 } }
    guard let buffer = Buffer.ifPossible(of: bytes) else { throw .noMemory(file.path, file.key, needed) }
    self.init(buffer, shape: Shape(file.shape))
  }
}

extension FileTensor {
  /// The tensor's values, to be written to a file. Evaluates.
  public init<Scalar>(_ tensor: Tensor<Scalar>) {
    let (type, node) = (FileElement(Scalar.elementType), tensor.node)
    let buffer = node.evaluated().contiguous(node.type, node.shape).buffer
    self.init(
      elementType: type, shape: Array(tensor.shape),
      bytes: buffer.elements(UInt8.self, count: tensor.count * type.size, for: "FileTensor"))
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
