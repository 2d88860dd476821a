import Adjoint

extension Program {
  /// The elements of an input. `variant` gives other data for the same structure.
  func elements(ofInput index: Int, variant: UInt64 = 0) -> [Double] {
    SplitMix64.elements(
      seed: dataSeed(index, variant), count: shape(ofInput: index).reduce(1, *), from: Program.range.low,
      to: Program.range.high)
  }

  /// Elements in −1...1, that a tangent or a cotangent consists of.
  func direction(_ purpose: UInt64, _ index: Int, count: Int) -> [Double] {
    SplitMix64.elements(seed: dataSeed(index, purpose << 32), count: count, from: -1, to: 1)
  }

  func dataSeed(_ index: Int, _ variant: UInt64) -> UInt64 {
    SplitMix64.mixed(dataSeed &+ variant &* 0x1234_5678_9ABC_DEF1 &+ UInt64(index + 1))
  }
}

extension Tensor where Scalar: TensorFloatingPoint {
  /// A tensor of its own memory.
  init(elements: [Double], _ shape: [Int]) {
    if let elements = elements as? [Scalar] {
      self.init(elements, shape: Shape(shape))
    } else {
      self.init(elements.map { Scalar($0) }, shape: Shape(shape))
    }
  }

  /// The elements, whatever their type.
  var doubles: [Double] {
    let elements = scalars
    return elements as? [Double] ?? elements.map { Double($0) }
  }
}

extension Program {
  /// All inputs as fresh tensors.
  func tensors<Scalar: TensorFloatingPoint>(_: Scalar.Type, variant: UInt64 = 0) -> [Tensor<Scalar>] {
    inputs.indices.map { index in
      if let constant = inputs[index].constant {
        return Tensor.full(Shape(shape(ofInput: index)), Scalar(constant))
      }
      return Tensor(elements: elements(ofInput: index, variant: variant), shape(ofInput: index))
    }
  }

  /// A tangent for each differentiated input.
  func tangents<Scalar: TensorFloatingPoint>(_: Scalar.Type) -> [Tensor<Scalar>] {
    differentiated.map { index in
      let shape = shape(ofInput: index)
      return Tensor(elements: direction(1, index, count: shape.reduce(1, *)), shape)
    }
  }

  /// A cotangent for each output. Repeated outputs have one each.
  func cotangents<Scalar: TensorFloatingPoint>(_: Scalar.Type, shapes: [[Int]]) -> [Tensor<Scalar>] {
    outputs.indices.map { place in
      let shape = shapes[outputs[place]]
      return Tensor(elements: direction(2, place, count: shape.reduce(1, *)), shape)
    }
  }
}
