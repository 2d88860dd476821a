import AdjointKernels

/// One position of an axis, which is dropped.
///
/// An operation of its own, and not a slice whose axis is reshaped away: half of the nodes in loops over elements.
enum Pick {
  static func operation(_ axis: Int, _ index: Int) -> Operation {
    axis < common.count && index < common[0].count ? common[axis][index] : make(axis, index)
  }

  /// Those that loops over the elements of small arrays use live forever: making one costs more than recording it.
  private static let common = (0..<3).map { axis in
    (0..<64).map { index in
      Operation(
        "Select", view(axis, index), rule(axis, index), batching: batching(axis, index))
    }
  }

  private static func make(_ axis: Int, _ index: Int) -> Operation {
    Operation(
      "Select", tag: Pick.self, parameters: [axis, index], view(axis, index), rule(axis, index),
      batching: batching(axis, index))
  }

  private static func view(_ axis: Int, _ index: Int) -> Kernel {
    .view { _, layout in
      var strides = layout.strides
      let stride = strides.remove(at: axis)
      return Layout(offset: layout.offset + index * stride, strides: strides)
    }
  }

  private static func rule(_ axis: Int, _ index: Int) -> Rule {
    .linear { node, g in
      let shape = node.x[0].shape
      var starts = Array(repeating: 0, count: shape.rank)
      starts[axis] = index
      return [
        g.reshaped(shape.keeping(1 << axis)).placed(in: shape, starts, Array(repeating: 1, count: shape.rank))
      ]
    }
  }

  private static func batching(_ axis: Int, _ index: Int) -> Batching {
    { _, x, _, _ in x[0].picked(axis + 1, index) }
  }
}

extension Expression {
  /// The elements at one position of an axis, without the axis.
  func picked(_ axis: Int, _ index: Int) -> Expression {
    let target = shape.removing(axis: axis)
    if isConstant { return constant(of: target) }
    return Pick.operation(axis, index).record(type, target, self)
  }
}
