import AdjointKernels

/// Some axes walked from their ends: strides change their sign, nothing moves.
enum Flip {
  static func operation(_ axes: [Int]) -> Operation {
    Operation(
      "Flip", tag: Flip.self, parameters: axes,
      .view { call, layout in
        var (offset, strides) = (layout.offset, layout.strides)
        for axis in axes {
          offset += (call.shape[axis] - 1) * strides[axis]
          strides[axis] = -strides[axis]
        }
        return Layout(offset: offset, strides: strides)
      },
      .linear { _, g in [g.flipped(axes)] },
      batching: batchedAlongside { operation(axes.map { $0 + 1 }) })
  }
}

extension Expression {
  func flipped(_ axes: [Int]) -> Expression {
    let axes = axes.filter { shape[$0] != 1 }
    if axes.isEmpty || isConstant { return self }
    return Flip.operation(axes).record(type, shape, self)
  }
}

extension Tensor {
  /// The elements along some axes in reverse order. Nothing is copied.
  ///
  /// Derivative: the cotangent reversed likewise.
  public func flipped(axes: [Int]) -> Tensor {
    let mask = shape.mask(axes, "flipped")
    return Tensor(expression.flipped(shape.indices.filter { mask >> $0 & 1 == 1 }))
  }

  /// The elements along some axes in reverse order. Nothing is copied.
  public func flipped(_ axes: Int...) -> Tensor { flipped(axes: axes) }
}

extension Shape {
  /// An axis counted from the front; a scalar has axis 0 or −1 as if it were a vector of one element.
  func axisAllowingScalar(_ axis: Int, _ operation: String) -> Int {
    rank == 0 ? Shape(vector: 1).checkedAxis(axis, operation) : checkedAxis(axis, operation)
  }
}
