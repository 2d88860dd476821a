// The reductions over one axis, for those whose general form takes a list of them.
extension Tensor where Scalar: TensorFloatingPoint {
  /// ``variance(axes:correction:keepingDimensions:)`` over one axis.
  public func variance(axis: Int, correction: Double = 1, keepingDimensions: Bool = false) -> Tensor {
    variance(axes: [axis], correction: correction, keepingDimensions: keepingDimensions)
  }

  /// ``standardDeviation(axes:correction:keepingDimensions:)`` over one axis.
  public func standardDeviation(axis: Int, correction: Double = 1, keepingDimensions: Bool = false) -> Tensor {
    standardDeviation(axes: [axis], correction: correction, keepingDimensions: keepingDimensions)
  }

  /// ``norm(order:axes:keepingDimensions:)`` over one axis.
  public func norm(order: Double = 2, axis: Int, keepingDimensions: Bool = false) -> Tensor {
    norm(order: order, axes: [axis], keepingDimensions: keepingDimensions)
  }
}

extension Tensor where Scalar: TensorNumber {
  /// ``amax(axes:keepingDimensions:)`` over one axis.
  public func amax(axis: Int, keepingDimensions: Bool = false) -> Tensor {
    amax(axes: [axis], keepingDimensions: keepingDimensions)
  }

  /// ``amin(axes:keepingDimensions:)`` over one axis.
  public func amin(axis: Int, keepingDimensions: Bool = false) -> Tensor {
    amin(axes: [axis], keepingDimensions: keepingDimensions)
  }
}

extension Tensor {
  /// ``all(axes:keepingDimensions:)`` over one axis.
  public func all(axis: Int, keepingDimensions: Bool = false) -> Tensor<Bool> {
    all(axes: [axis], keepingDimensions: keepingDimensions)
  }

  /// ``any(axes:keepingDimensions:)`` over one axis.
  public func any(axis: Int, keepingDimensions: Bool = false) -> Tensor<Bool> {
    any(axes: [axis], keepingDimensions: keepingDimensions)
  }

  /// ``countNonzero(axes:keepingDimensions:)`` over one axis.
  public func countNonzero(axis: Int, keepingDimensions: Bool = false) -> Tensor<Int> {
    countNonzero(axes: [axis], keepingDimensions: keepingDimensions)
  }
}
