import AdjointKernels

/// Arrays of one shape along a new axis.
enum Stack {
  static func operation(_ axis: Int) -> Operation {
    axis < common.count ? common[axis] : make(axis)
  }

  /// Those of the first axes live forever: making one costs more than recording it.
  private static let common = (0..<4).map { axis in
    Operation("Stack", kernel(axis), rule(axis), batching: batching(axis))
  }

  private static func make(_ axis: Int) -> Operation {
    Operation("Stack", tag: Stack.self, parameters: [axis], kernel(axis), rule(axis), batching: batching(axis))
  }

  private static func kernel(_ axis: Int) -> Kernel {
    .opaque { call, values in
      let result = Buffer(byteCount: call.shape.elementCount * call.type.size)
      let shape = call.operandShapes[0]
      if shape.elementCount == 0 { return result }
      if shape.rank == 0 {
        for (index, value) in values.enumerated() {
          result.copyElement(at: index, from: value.buffer, at: value.offset, size: call.type.size)
        }
        return result
      }
      var strides = call.shape.contiguousStrides
      let step = strides.remove(at: axis)
      for (index, value) in values.enumerated() {
        result.spread(
          value.contiguous(call.type, shape).buffer, call.type, shape: shape.dimensions, offset: index * step,
          strides: strides)
      }
      return result
    }
  }

  private static func rule(_ axis: Int) -> Rule {
    .linear { node, g in node.x.indices.map { g.picked(axis, $0) } }
  }

  private static func batching(_ axis: Int) -> Batching {
    { node, x, isBatched, count in .stacking(zip(x, isBatched).map { $0.repeated(count, unless: $1) }, axis: axis + 1) }
  }
}

extension Expression {
  /// Arrays of one shape along a new axis.
  static func stacking(_ parts: [Expression], axis: Int) -> Expression {
    Stack.operation(axis).record(parts[0].type, parts[0].shape.inserting(parts.count, at: axis), Operands(parts))
  }
}
