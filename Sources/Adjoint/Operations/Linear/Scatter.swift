import AdjointKernels

/// x with source[…, k, …] written at […, index[…, k, …], …] along an axis.
enum Scatter {
  /// Whether an element of the source is still there: the last one written at its place.
  private static func isLast(_ node: Recorded, _ axis: Int, _ use: IndexUse) -> Expression {
    let (index, shape, source) = (node.x[1], node.node.shape, node.x[2].shape)
    var line = Shape(source.map { _ in 1 })
    line[axis] = source[axis]
    let numbers = Expression.full(1, .int64, Shape(vector: source[axis])).cumulativeSum(axis: 0, reversed: false)
      .reshaped(line).expanded(to: source)
    let written = operation(axis, use).record(
      .int64, shape, Operands([Expression.full(0, .int64, shape), index, numbers]))
    return Equal.operation.apply(written.gathered(index, axis: axis, use), numbers)
  }

  static func operation(_ axis: Int, _ use: IndexUse = .scatter) -> Operation {
    Operation(
      "Scatter", tag: Scatter.self, parameters: [axis, use.rawValue],
      .opaque { call, values in
        let shape = call.shape
        let source = call.operandShapes[2]
        let result = values[0].copied(call.type, shape)
        Indexing.scatter(
          into: result, call.type, index: values[1].contiguous(.int64, source).buffer,
          source: values[2].contiguous(call.type, source).buffer, outer: shape.outer(axis), extent: shape[axis],
          count: source[axis], inner: shape.inner(axis), operation: use.name)
        return result
      },
      .linear { node, g in
        let g = g.expanded(to: node.node.shape)
        let zeros = Expression.full(0, g.type, node.x[2].shape)
        return [
          operation(axis, use).record(g.type, g.shape, Operands([Expression(g.asNode, g.value), node.x[1], zeros])),
          nil,
          Select.apply(mask: isLast(node, axis, use), g.gathered(node.x[1], axis: axis, use), g.number(0)),
        ]
      }, batching: batchedAlongside { operation(axis + 1, use) })
  }
}

extension Expression {
  /// Writes or adds a source at places along an axis, within the leading box of the other axes that the index covers.
  func scattering(_ source: Expression, at index: Expression, axis: Int, _ operation: Operation) -> Expression {
    let zeros = Array(repeating: 0, count: shape.rank)
    let ones = Array(repeating: 1, count: shape.rank)
    let part = source.sliced(zeros, ones, to: index.shape)
    var box = index.shape
    box[axis] = shape[axis]
    func record(_ x: Expression) -> Expression {
      operation.record(
        type, box, Operands([Expression(x.asNode, x.value), index, Expression(part.asNode, part.value)]))
    }
    if box == shape { return record(self) }
    // Only the box changes: its difference is what is added to the whole.
    let inside = sliced(zeros, ones, to: box)
    let mask = Expression.full(1, .bool, box).placed(in: shape, zeros, ones)
    return Select.apply(mask: mask, record(inside).placed(in: shape, zeros, ones), self)
  }
}

extension Tensor {
  /// The tensor with the elements of `source` written along an axis at the places that `index` names.
  ///
  /// y[index[i, j], j] = source[i, j] for axis 0 of a matrix; where places are equal the last one stays. No extent of
  /// the index may exceed the source's, nor, but for the axis, the tensor's. Derivatives: the cotangent with zeros at
  /// the places; the cotangent at the places, and 0 for what another element was written over.
  public func scatter(axis: Int, at index: Tensor<Int>, _ source: Tensor) -> Tensor {
    scattered("scatter", axis, index, source) { Scatter.operation($0) }
  }

  func scattered(
    _ name: String, _ axis: Int, _ index: Tensor<Int>, _ source: Tensor, _ operation: (Int) -> Operation
  ) -> Tensor {
    let place = shape.axisAllowingScalar(axis, name)
    let own: Shape = rank == 0 ? [1] : shape
    let places: Shape = index.rank == 0 ? [1] : index.shape
    let values: Shape = source.rank == 0 ? [1] : source.shape
    if index.count == 0 { return self }
    guard places.rank == own.rank, values.rank == own.rank,
      own.indices.allSatisfy({ places[$0] <= values[$0] && ($0 == place || places[$0] <= own[$0]) })
    else {
      fatalError(
        "\(name): an index of shape \(index.shape) and a source of shape \(source.shape) for a tensor of shape "
          + "\(shape); the ranks must be equal, and no extent of the index may be larger than the source's or, apart "
          + "from axis \(axis), the tensor's")
    }
    return Tensor(
      expression.reshaped(own).scattering(
        source.expression.reshaped(values), at: index.expression.reshaped(places), axis: place, operation(place)
      ).reshaped(shape))
  }
}

extension Tensor where Scalar: TensorNumber {
  /// The tensor with the elements of `source` added along an axis at the places that `index` names.
  ///
  /// y[index[i, j], j] += source[i, j] for axis 0 of a matrix; equal places add up, in order. No extent of the index
  /// may exceed the source's, nor, but for the axis, the tensor's. Derivatives: the cotangent; the cotangent at the
  /// places.
  public func scatterAdd(axis: Int, at index: Tensor<Int>, _ source: Tensor) -> Tensor {
    scattered("scatterAdd", axis, index, source) { ScatterAdd.operation($0) }
  }
}
