import AdjointKernels

extension Tensor: CustomReflectable {
  /// Shape and elements, as debuggers and tests show them: the first 1,000 elements at most.
  ///
  /// It never evaluates: what is not computed yet gives the name of its operation. (`dump` writes ``description`` first, which does.)
  public var customMirror: Mirror {
    guard let value = node.value else {
      return Mirror(
        self,
        children: ["shape": Array(shape), "requiresGrad": node.tracking != .none, "operation": node.operation.name],
        displayStyle: .struct)
    }
    return Mirror(
      self,
      children: [
        "shape": Array(shape), "requiresGrad": node.tracking != .none,
        "scalars": value.leading(Scalar.self, shape, Swift.min(count, 1000)),
      ], displayStyle: .struct)
  }
}

extension Value {
  /// The first elements in row-major order, wherever they lie: nothing else is read.
  fileprivate func leading<Scalar: TensorScalar>(_: Scalar.Type, _ shape: Shape, _ count: Int) -> [Scalar] {
    let strides = strides(shape)
    return (0..<count).map { number in
      var (rest, place) = (number, offset)
      for axis in stride(from: shape.rank - 1, through: 0, by: -1) {
        place += rest % shape[axis] * strides[axis]
        rest /= shape[axis]
      }
      return buffer.element(Scalar.self, at: place)
    }
  }
}
