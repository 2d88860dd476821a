extension Tensor: CustomStringConvertible {
  /// The tensor as PyTorch's users know it. Evaluates.
  ///
  /// ```
  /// tensor([[ 1.0517, -0.2719],
  ///         [ 0.3606,  2.0000]], dtype: Double, requiresGrad: true)
  /// ```
  public var description: String { formatted() }

  /// The tensor written with other options: more digits, longer summaries, another width. Evaluates.
  ///
  /// After the elements stand the shape where they do not show it, the type when it is not `Float`, and
  /// `requiresGrad: true` on a leaf or the name of the operation on a tracked result. A summary reads only the
  /// elements that it shows.
  public func formatted(_ format: TensorFormat = TensorFormat()) -> String {
    let buffer = node.evaluated().contiguous(node.type, node.shape).buffer
    let elements: PrintedElements =
      switch node.type {
      case .float32: .floating { Double(buffer.element(Float.self, at: $0)) }
      case .float64: .floating { buffer.element(Double.self, at: $0) }
      case .int64: .integer { buffer.element(Int64.self, at: $0) }
      case .int32: .integer { Int64(buffer.element(Int32.self, at: $0)) }
      case .bool: .bool { buffer.element(Bool.self, at: $0) }
      }
    var suffixes: [String] = []
    if Scalar.self != Float.self { suffixes.append("dtype: \(Scalar.self)") }
    if node.tracking != .none {
      let name = node.operation.name
      suffixes.append(
        node.isLeaf ? "requiresGrad: true" : "gradient: \(name.prefix(1).uppercased())\(name.dropFirst())")
    }
    return format.text(shape: Array(shape), elements: elements, suffixes: suffixes)
  }
}
