import AdjointKernels

/// The same elements, row by row, in another shape. The node's own shape is the target.
enum Reshape {
  static let operation = Operation(
    "Reshape",
    .view { call, layout in
      let old = call.operandShapes[0]
      if layout.isContiguous(old) { return Layout(offset: 0, strides: call.shape.contiguousStrides) }
      return strides(of: layout, from: old, to: call.shape).map { Layout(offset: layout.offset, strides: $0) }
    },
    .linear { node, g in [g.reshaped(node.x[0].shape)] }, alias: .renaming,
    batching: { node, x, _, count in x[0].reshaped(node.shape.inserting(count, at: 0)) },
    diagonal: DiagonalBatching { node, d, _ in d[0].map { .diagonal($0.reshaped(node.node.shape)) } })

  /// Strides that show a strided array in another shape, or nil where elements would have to move.
  ///
  /// Axes of both shapes are matched group by group; within a group the old axes must be evenly spaced.
  static func strides(of layout: Layout, from old: Shape, to new: Shape) -> [Int]? {
    let axes = old.indices.filter { old[$0] != 1 }
    let extents = axes.map { old[$0] }
    let steps = axes.map { layout.strides[$0] }
    var result = Array(repeating: 0, count: new.rank)
    var source = 0
    var target = 0
    while target < new.rank {
      if new[target] == 1 {
        target += 1
        continue
      }
      guard source < extents.count else { return nil }
      let first = target
      var have = extents[source]
      var want = new[target]
      var last = source
      while have != want {
        if have < want {
          last += 1
          guard last < extents.count, steps[last - 1] == steps[last] * extents[last] else { return nil }
          have *= extents[last]
        } else {
          target += 1
          guard target < new.rank else { return nil }
          want *= new[target]
        }
      }
      var step = steps[last]
      for axis in stride(from: target, through: first, by: -1) {
        result[axis] = step
        step *= new[axis]
      }
      source = last + 1
      target += 1
    }
    return result
  }
}

extension Expression {
  func reshaped(_ target: Shape) -> Expression {
    if shape == target { return self }
    if isConstant { return constant(of: target) }
    return Reshape.operation.record(type, target, self)
  }
}

extension Tensor {
  /// The same elements, row by row, in another shape. One extent may be −1: it follows from the others.
  ///
  /// Nothing is copied where strides can show the new shape. Derivative: the cotangent in the old shape.
  public func reshaped(_ shape: Shape) -> Tensor {
    var target = shape
    let unknown = shape.indices.filter { shape[$0] == -1 }
    if unknown.count == 1 {
      target[unknown[0]] = 1
      // −1, and so refused below, where the others are no shape themselves.
      let known = target.possibleElementCount
      target[unknown[0]] = -1
      if known > 0 && count % known == 0 { target[unknown[0]] = count / known }
    }
    guard target.allSatisfy({ $0 >= 0 }), target.possibleElementCount == count else {
      fatalError(
        "reshaped: a tensor of shape \(self.shape) has \(count) elements and cannot take the shape \(shape); "
          + "the products of the extents must be equal, and at most one extent may be -1")
    }
    return Tensor(expression.reshaped(target))
  }

  /// The same elements, row by row, in another shape.
  public func reshaped(_ extents: Int...) -> Tensor {
    Shape.checkRank(extents.count, "reshaped")
    return reshaped(Shape(extents))
  }
}
