import AdjointKernels

/// Evenly spaced elements along each axis: `starts[a] + k·steps[a]` for k in 0..<the node's extent.
enum Slice {
  static func operation(_ starts: [Int], _ steps: [Int]) -> Operation {
    Operation(
      "Slice", tag: Slice.self, parameters: starts + steps,
      .view { _, layout in
        Layout(
          offset: zip(starts, layout.strides).reduce(layout.offset) { $0 + $1.0 * $1.1 },
          strides: zip(steps, layout.strides).map(*))
      },
      .linear { node, g in [g.placed(in: node.x[0].shape, starts, steps)] },
      batching: { node, x, _, count in
        x[0].sliced([0] + starts, [1] + steps, to: node.shape.inserting(count, at: 0))
      })
  }
}

/// Zeros, with the operand's elements at evenly spaced places: the transpose of a slice.
enum Place {
  static func operation(_ starts: [Int], _ steps: [Int], in target: Shape) -> Operation {
    Operation(
      "Place", tag: Place.self, parameters: starts + steps,
      .opaque { call, values in
        let result = Buffer.filled(0, call.type, count: call.shape.elementCount)
        let strides = call.shape.contiguousStrides
        let source = values[0].contiguous(call.type, call.operandShapes[0]).buffer
        result.spread(
          source, call.type, shape: call.operandShapes[0].dimensions,
          offset: zip(starts, strides).reduce(0) { $0 + $1.0 * $1.1 }, strides: zip(steps, strides).map(*))
        return result
      },
      .linear { node, g in [g.sliced(starts, steps, to: node.x[0].shape)] },
      alias: .placement(starts: starts, steps: steps),
      batching: { node, x, _, count in
        x[0].placed(in: node.shape.inserting(count, at: 0), [0] + starts, [1] + steps)
      })
  }
}

extension Expression {
  func sliced(_ starts: [Int], _ steps: [Int], to target: Shape) -> Expression {
    if isConstant { return constant(of: target) }
    // An axis that is walked backwards keeps its extent too, but begins at its end.
    if target == shape && starts.allSatisfy({ $0 == 0 }) { return self }
    return Slice.operation(starts, steps).record(type, target, self)
  }

  func placed(in target: Shape, _ starts: [Int], _ steps: [Int]) -> Expression {
    Place.operation(starts, steps, in: target).record(type, target, self)
  }

  /// `count` elements along one axis from `start` on.
  func narrowed(axis: Int, start: Int, count: Int) -> Expression {
    var starts = Array(repeating: 0, count: shape.rank)
    starts[axis] = start
    var target = shape
    target[axis] = count
    return sliced(starts, Array(repeating: 1, count: shape.rank), to: target)
  }
}

extension Tensor {
  /// Elements `start`, `start + step`, … before `end` along an axis. Nothing is copied.
  ///
  /// `start` and `end` count from the back when negative, and are clamped to the axis, as in Python; the step is
  /// at least 1. Derivative: zeros with the cotangent in the sliced places.
  public func slice(axis: Int, start: Int = 0, end: Int = .max, step: Int = 1) -> Tensor {
    let axis = shape.checkedAxis(axis, "slice")
    guard step >= 1 else {
      fatalError("slice: step \(step) along axis \(axis); steps must be at least 1 (flipped() reverses an axis)")
    }
    let extent = shape[axis]
    let from = Swift.min(Swift.max(start < 0 ? start + extent : start, 0), extent)
    let to = Swift.min(Swift.max(end < 0 ? end + extent : end, from), extent)
    var starts = Array(repeating: 0, count: rank)
    var steps = Array(repeating: 1, count: rank)
    var target = shape
    starts[axis] = from
    target[axis] = to > from ? (to - from - 1) / step + 1 : 0
    // A step beyond the end leads nowhere else than any other.
    steps[axis] = Swift.min(step, Swift.max(extent, 1))
    return Tensor(expression.sliced(starts, steps, to: target))
  }

  /// One position of an axis, which is dropped. Nothing is copied.
  ///
  /// Derivative: zeros with the cotangent in the selected place.
  public func select(axis: Int, index: Int) -> Tensor {
    let axis = shape.checkedAxis(axis, "select")
    let extent = shape[axis]
    guard index >= -extent && index < extent else {
      fatalError("select: index \(index) is out of range for axis \(axis) of extent \(extent) in shape \(shape)")
    }
    return Tensor(expression.picked(axis, index < 0 ? index + extent : index))
  }
}
