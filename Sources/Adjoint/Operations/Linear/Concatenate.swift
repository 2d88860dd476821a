import AdjointKernels

/// Arrays side by side along an axis.
enum Concatenate {
  static func operation(_ axis: Int) -> Operation {
    Operation(
      "Concatenate", tag: Concatenate.self, parameters: [axis],
      .opaque { call, values in
        let result = Buffer(byteCount: call.shape.elementCount * call.type.size)
        let strides = call.shape.contiguousStrides
        var start = 0
        for (value, shape) in zip(values, call.operandShapes) {
          if shape.elementCount > 0 {
            result.spread(
              value.contiguous(call.type, shape).buffer, call.type, shape: shape.dimensions,
              offset: start * strides[axis], strides: strides)
          }
          start += shape[axis]
        }
        return result
      },
      .linear { node, g in
        var start = 0
        return node.x.map { x in
          defer { start += x.shape[axis] }
          return g.narrowed(axis: axis, start: start, count: x.shape[axis])
        }
      },
      batching: { node, x, isBatched, count in
        .concatenating(zip(x, isBatched).map { $0.repeated(count, unless: $1) }, axis: axis + 1)
      })
  }
}

extension Expression {
  static func concatenating(_ parts: [Expression], axis: Int) -> Expression {
    var target = parts[0].shape
    target[axis] = parts.reduce(0) { $0 + $1.shape[axis] }
    return Concatenate.operation(axis).record(parts[0].type, target, Operands(parts))
  }
}

extension Tensor {
  /// Tensors side by side along an axis; the other extents must agree. Parts of shape [0] are left out whatever the
  /// others are, as in PyTorch.
  ///
  /// Derivative: each part's slice of the cotangent.
  public static func concatenate(_ parts: [Tensor], axis: Int = 0) -> Tensor {
    guard let first = parts.first(where: { $0.shape != [0] }) ?? parts.first else {
      fatalError("concatenate: no tensors; at least one is needed")
    }
    let parts = first.rank == 1 ? parts : parts.filter { $0.shape != [0] }
    let axis = first.shape.checkedAxis(axis, "concatenate")
    for part in parts {
      guard part.rank == first.rank,
        first.shape.indices.allSatisfy({ $0 == axis || part.shape[$0] == first.shape[$0] })
      else {
        fatalError(
          "concatenate: shapes \(first.shape) and \(part.shape) differ in an axis other than \(axis); all others must "
            + "be equal")
      }
    }
    var target = first.shape
    target[axis] = parts.reduce(0) { $0.addingClamped($1.shape[axis]) }
    _ = target.checked("concatenate", "\(parts.count) parts, the first of shape \(first.shape), along axis \(axis)")
    return Tensor(.concatenating(parts.map(\.expression), axis: axis))
  }

  /// Tensors of one shape along a new axis.
  ///
  /// Derivative: each part's slice of the cotangent.
  public static func stack(_ parts: [Tensor], axis: Int = 0) -> Tensor {
    guard let first = parts.first else { fatalError("stack: no tensors; at least one is needed") }
    Shape.checkRank(first.rank + 1, "stack")
    let axis = first.shape.inserting(1, at: 0).checkedAxis(axis, "stack")
    for part in parts where part.shape != first.shape {
      fatalError("stack: shapes \(first.shape) and \(part.shape) differ; all must be equal")
    }
    _ = first.shape.inserting(parts.count, at: axis).checked("stack")
    return Tensor(.stacking(parts.map(\.expression), axis: axis))
  }
}
