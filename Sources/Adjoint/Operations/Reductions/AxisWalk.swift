import AdjointKernels

extension Call {
  /// The operand's extents before, along and after an axis.
  func extents(_ axis: Int) -> Scans.Extents {
    let shape = operandShapes[0]
    return Scans.Extents(outer: shape.outer(axis), count: shape[axis], inner: shape.inner(axis))
  }
}

extension Operation {
  /// Positions along an axis that follow from the order of the elements there: they have no derivative.
  ///
  /// `find` is given the elements row by row, how they lie along the axis, and how many positions there are for each line.
  /// `choice` tells operations of one tag apart.
  static func positions(
    _ name: String, tag: Any.Type, _ axis: Int, choice: Int = 0,
    _ find: @escaping @Sendable (_ x: Buffer, ElementType, Scans.Extents, _ kept: Int) -> Buffer
  ) -> Operation {
    Operation(
      name, tag: tag, parameters: [axis, choice],
      .opaque { call, values in
        let x = values[0].contiguous(call.operandTypes[0], call.operandShapes[0]).buffer
        return find(x, call.operandTypes[0], call.extents(axis), call.shape[axis])
      }, .none, batching: batchedAlongside { positions(name, tag: tag, axis + 1, choice: choice, find) })
  }
}

extension Expression {
  /// The expression as an array of its own shape: what operations that no tile program computes read.
  var asArray: Expression { expanded(to: shape) }

  /// Every element one place further along an axis; 0 at the start.
  func shifted(axis: Int) -> Expression {
    if shape[axis] == 0 { return self }
    var starts = Array(repeating: 0, count: shape.rank)
    starts[axis] = 1
    return asArray.narrowed(axis: axis, start: 0, count: shape[axis] - 1)
      .placed(in: shape, starts, Array(repeating: 1, count: shape.rank))
  }

  /// Every element one place back along an axis; 0 at the end.
  func shiftedBack(axis: Int) -> Expression {
    if shape[axis] == 0 { return self }
    return asArray.narrowed(axis: axis, start: 1, count: shape[axis] - 1)
      .placed(
        in: shape, Array(repeating: 0, count: shape.rank), Array(repeating: 1, count: shape.rank))
  }

  /// The elements in the opposite order along an axis.
  func reversed(axis: Int) -> Expression {
    if shape[axis] <= 1 { return self }
    var starts = Array(repeating: 0, count: shape.rank)
    var steps = Array(repeating: 1, count: shape.rank)
    starts[axis] = shape[axis] - 1
    steps[axis] = -1
    return Slice.operation(starts, steps).record(type, shape, asArray)
  }
}

extension Tensor {
  /// The tensor's expression, an axis of it, and the shape to give the result: PyTorch lets a scalar have axis 0 or −1.
  func walk(_ axis: Int, _ operation: String) -> (x: Expression, axis: Int) {
    let x = rank == 0 ? expression.reshaped([1]) : expression
    return (x, x.shape.checkedAxis(axis, operation))
  }

  /// The shape without an axis, or with that axis at extent 1; a scalar's stays as it is.
  func shape(reducing axis: Int, keepingDimensions: Bool) -> Shape {
    if rank == 0 { return shape }
    return keepingDimensions ? shape.keeping(1 << axis) : shape.removing(axis: axis)
  }
}
