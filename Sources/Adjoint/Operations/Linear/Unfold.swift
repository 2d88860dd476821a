import AdjointKernels

/// Windows along an axis, which overlap where the step is shorter than they are.
enum Unfold {
  static func operation(_ axis: Int, _ step: Int) -> Operation {
    Operation(
      "Unfold", tag: Unfold.self, parameters: [axis, step],
      .view { _, layout in
        var strides = layout.strides
        strides.append(strides[axis])
        strides[axis] *= step
        return Layout(offset: layout.offset, strides: strides)
      },
      .linear { node, g in
        // All elements of all windows in one list, added where they came from.
        let (shape, target) = (node.node.shape, node.x[0].shape)
        let (windows, size) = (shape[axis], shape[shape.rank - 1])
        var order = Array(shape.indices.dropLast())
        order.insert(shape.rank - 1, at: axis + 1)
        var list = target
        list[axis] = windows * size
        let places = (0..<windows).flatMap { window in (0..<size).map { Int64(window * step + $0) } }
        let index = Expression(Node(Value(.of(places)), .int64, Shape(vector: places.count)))
        let source = g.expanded(to: shape).permuted(order).reshaped(list)
        return [Expression.full(0, g.type, target).indexAdding(source, at: index, axis: axis)]
      },
      batching: batchedAlongside { operation(axis + 1, step) })
  }
}

extension Expression {
  func unfolded(_ axis: Int, _ size: Int, _ step: Int) -> Expression {
    var target = shape
    target[axis] = (shape[axis] - size) / step + 1
    target.append(size)
    if isConstant { return constant(of: target) }
    return Unfold.operation(axis, step).record(type, target, self)
  }
}

extension Tensor {
  /// All windows of `size` elements along an axis, `step` apart; a window's elements are the last axis of the result.
  ///
  /// Nothing is copied. Derivative: every element's cotangents, added up.
  public func unfolded(axis: Int, size: Int, step: Int = 1) -> Tensor {
    let axis = shape.checkedAxis(axis, "unfolded")
    guard size >= 0, size <= shape[axis], step >= 1 else {
      fatalError(
        "unfolded: windows of \(size) elements, \(step) apart, along axis \(axis) of shape \(shape); the size must lie "
          + "in 0...\(shape[axis]) and the step be at least 1")
    }
    Shape.checkRank(rank + 1, "unfolded")
    // A step beyond the end leads nowhere else than any other.
    let step = Swift.min(step, Swift.max(shape[axis], 1))
    var target = shape
    target[axis] = (shape[axis] - size) / step + 1
    target.append(size)
    _ = target.checked("unfolded")
    return Tensor(expression.unfolded(axis, size, step))
  }
}
