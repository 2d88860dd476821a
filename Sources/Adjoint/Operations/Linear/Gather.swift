import AdjointKernels

/// y[…, k, …] = x[…, index[…, k, …], …] along an axis; the index has x's other extents.
enum Gather {
  static func operation(_ axis: Int, _ use: IndexUse = .gathered) -> Operation {
    Operation(
      "Gather", tag: Gather.self, parameters: [axis, use.rawValue],
      .opaque { call, values in
        let source = call.operandShapes[0]
        return Indexing.gather(
          values[0].contiguous(call.type, source).buffer, call.type,
          index: values[1].contiguous(.int64, call.operandShapes[1]).buffer, outer: source.outer(axis),
          extent: source[axis], count: call.shape[axis], inner: source.inner(axis), operation: use.name)
      },
      .linear { node, g in
        let zeros = Expression.full(0, g.type, node.x[0].shape)
        return [ScatterAdd.operation(axis, use).record(g.type, node.x[0].shape, Operands([zeros, node.x[1], g])), nil]
      },
      batching: batchedAlongside { operation(axis + 1, use) })
  }
}

/// x with source[…, k, …] added at […, index[…, k, …], …] along an axis.
enum ScatterAdd {
  static func operation(_ axis: Int, _ use: IndexUse = .scatterAdd) -> Operation {
    Operation(
      "ScatterAdd", tag: ScatterAdd.self, parameters: [axis, use.rawValue],
      .opaque { call, values in
        let shape = call.shape
        let source = call.operandShapes[2]
        let result = values[0].copied(call.type, shape)
        Indexing.scatterAdd(
          into: result, call.type, index: values[1].contiguous(.int64, source).buffer,
          source: values[2].contiguous(call.type, source).buffer, outer: shape.outer(axis), extent: shape[axis],
          count: source[axis], inner: shape.inner(axis), operation: use.name)
        return result
      },
      .linear { node, g in
        [g, nil, Gather.operation(axis, use).record(g.type, node.x[2].shape, Operands(g, node.x[1]))]
      },
      batching: batchedAlongside { operation(axis + 1, use) })
  }
}

extension Shape {
  /// The number of elements before an axis, and after it.
  func outer(_ axis: Int) -> Int { prefix(axis).reduce(1, *) }
  func inner(_ axis: Int) -> Int { dropFirst(axis + 1).reduce(1, *) }

  /// The largest box within both shapes, apart from an axis.
  func agrees(with other: Shape, except axis: Int) -> Bool {
    rank == other.rank && indices.allSatisfy { $0 == axis || self[$0] == other[$0] }
  }
}

extension Value {
  /// The elements row by row in a buffer that nobody else has.
  func copied(_ type: ElementType, _ shape: Shape) -> Buffer {
    buffer.gathered(
      type, shape: shape.dimensions, offset: offset, strides: layout?.strides ?? shape.contiguousStrides)
  }
}

extension Expression {
  /// Along an axis, the elements of this at the places that an index array of the result's shape names.
  func gathered(_ index: Expression, axis: Int, _ use: IndexUse = .gathered) -> Expression {
    // Only the leading box of the other axes is read, as in PyTorch.
    var box = index.shape
    box[axis] = shape[axis]
    let source = sliced(
      Array(repeating: 0, count: shape.rank), Array(repeating: 1, count: shape.rank), to: box)
    return Gather.operation(axis, use).record(type, index.shape, Operands(source, index))
  }
}

extension Tensor {
  /// Along an axis, the elements at the places that `index` names; the result has the index's shape.
  ///
  /// y[i, j] = x[index[i, j], j] for axis 0 of a matrix, and so on. The index's other extents may be smaller than
  /// the tensor's. An index outside the axis stops the process when the value is computed. Derivative: the
  /// cotangent added at the places read.
  public func gathered(axis: Int, at index: Tensor<Int>) -> Tensor {
    let axis = shape.axisAllowingScalar(axis, "gathered")
    if rank == 0 && index.rank <= 1 {
      return Tensor(
        expression.reshaped([1]).gathered(index.expression.reshaped(Shape(vector: index.count)), axis: 0)
          .reshaped(index.shape))
    }
    guard index.rank == rank, shape.indices.allSatisfy({ $0 == axis || index.shape[$0] <= shape[$0] }) else {
      fatalError(
        "gathered: an index of shape \(index.shape) for a tensor of shape \(shape); apart from axis \(axis), no extent "
          + "of the index may be larger")
    }
    return Tensor(expression.gathered(index.expression, axis: axis))
  }
}
