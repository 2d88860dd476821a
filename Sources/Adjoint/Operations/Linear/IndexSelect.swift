import AdjointKernels

/// Whole slices along an axis at the places of a list: y[…, k, …] = x[…, index[k], …].
enum IndexSelect {
  static func operation(_ axis: Int, _ use: IndexUse = .indexSelect) -> Operation {
    Operation(
      "IndexSelect", tag: IndexSelect.self, parameters: [axis, use.rawValue],
      .opaque { call, values in
        let source = call.operandShapes[0]
        return Indexing.rows(
          values[0].contiguous(call.type, source).buffer, call.type,
          index: values[1].contiguous(.int64, call.operandShapes[1]).buffer, outer: source.outer(axis),
          extent: source[axis], count: call.shape[axis], inner: source.inner(axis), operation: use.name)
      },
      .linear { node, g in
        let zeros = Expression.full(0, g.type, node.x[0].shape)
        return [zeros.indexAdding(g.expanded(to: node.node.shape), at: node.x[1], axis: axis, use), nil]
      },
      batching: { node, x, isBatched, count in
        let x0 = x[0].repeated(count, unless: isBatched[0])
        // One list for all examples, or a list for each: then every element names its place.
        if !isBatched[1] { return x0.indexSelected(x[1], axis: axis + 1, use) }
        return x0.gathered(x[1].placed(along: axis + 1, of: node.shape.inserting(count, at: 0)), axis: axis + 1, use)
      })
  }
}

/// x with the slices of a source added at the places of a list; equal places add up.
enum IndexAdd {
  static func operation(_ axis: Int, _ use: IndexUse = .indexAdd) -> Operation {
    Operation(
      "IndexAdd", tag: IndexAdd.self, parameters: [axis, use.rawValue],
      .opaque { call, values in
        let shape = call.shape
        let source = call.operandShapes[2]
        let result = values[0].copied(call.type, shape)
        Indexing.addRows(
          into: result, call.type, index: values[1].contiguous(.int64, call.operandShapes[1]).buffer,
          source: values[2].contiguous(call.type, source).buffer, outer: shape.outer(axis), extent: shape[axis],
          count: source[axis], inner: shape.inner(axis), operation: use.name)
        return result
      },
      .linear { node, g in
        [g, nil, g.expanded(to: node.node.shape).indexSelected(node.x[1], axis: axis, use)]
      },
      batching: { node, x, isBatched, count in
        let x0 = x[0].repeated(count, unless: isBatched[0])
        let source = x[2].repeated(count, unless: isBatched[2])
        if !isBatched[1] { return x0.indexAdding(source, at: x[1], axis: axis + 1, use) }
        let places = x[1].placed(along: axis + 1, of: source.shape)
        return ScatterAdd.operation(axis + 1, use).record(
          node.type, x0.shape,
          Operands([Expression(x0.asNode, x0.value), places, Expression(source.asNode, source.value)]))
      })
  }
}

extension Expression {
  /// A list of places per example, [batch, k], as the index of every element of a shape with k elements along an axis.
  fileprivate func placed(along axis: Int, of shape: Shape) -> Expression {
    var column = Shape(shape.map { _ in 1 })
    column[0] = shape[0]
    column[axis] = shape[axis]
    return reshaped(column).expanded(to: shape)
  }

  /// `index` is a list.
  func indexSelected(_ index: Expression, axis: Int, _ use: IndexUse = .indexSelect) -> Expression {
    var target = shape
    target[axis] = index.shape.elementCount
    return IndexSelect.operation(axis, use).record(
      type, target.checked(use.name), Operands(Expression(asNode, value), index))
  }

  func indexAdding(_ source: Expression, at index: Expression, axis: Int, _ use: IndexUse = .indexAdd) -> Expression {
    IndexAdd.operation(axis, use).record(
      type, shape, Operands([Expression(asNode, value), index, Expression(source.asNode, source.value)]))
  }
}

extension Tensor {
  /// The slices along an axis at the places of a list, in its order: y[k] = x[index[k]] for axis 0.
  ///
  /// A place may occur more than once; one outside the axis stops the process when the value is computed.
  /// Derivative: the cotangent's slices added at their places.
  public func indexSelect(axis: Int, at index: Tensor<Int>) -> Tensor {
    let place = shape.axisAllowingScalar(axis, "indexSelect")
    guard index.rank <= 1, rank > 0 || index.count == 1 else {
      fatalError(
        "indexSelect: an index of shape \(index.shape) for a tensor of shape \(shape); the index must be a list"
          + (rank == 0 ? " of one place" : ""))
    }
    let list = index.expression.reshaped(Shape(vector: index.count))
    if rank == 0 { return Tensor(expression.reshaped([1]).indexSelected(list, axis: 0).reshaped([])) }
    return Tensor(expression.indexSelected(list, axis: place))
  }
}

extension Tensor where Scalar: TensorNumber {
  /// The tensor with `alpha` times the slices of `source` added along an axis at the places of a list.
  ///
  /// Equal places add up, in order. `source` has the tensor's shape but for the axis, where it has one slice per
  /// place. Derivatives: the cotangent; `alpha` times its slices at the places.
  public func indexAdd(axis: Int, at index: Tensor<Int>, _ source: Tensor, alpha: Scalar = 1) -> Tensor {
    let (own, place) = (rank == 0 ? [1] : shape, shape.axisAllowingScalar(axis, "indexAdd"))
    let other: Shape = source.rank == 0 ? [1] : source.shape
    guard index.rank <= 1, own.agrees(with: other, except: place), other[place] == index.count else {
      fatalError(
        "indexAdd: a source of shape \(source.shape) and an index of shape \(index.shape) for axis \(axis) of a tensor "
          + "of shape \(shape); the index must be a list, and the source must have one slice per place")
    }
    let scaled = alpha == 1 ? source : source * alpha
    return Tensor(
      expression.reshaped(own).indexAdding(
        scaled.expression.reshaped(other), at: index.expression.reshaped(Shape(vector: index.count)), axis: place
      ).reshaped(shape))
  }
}
