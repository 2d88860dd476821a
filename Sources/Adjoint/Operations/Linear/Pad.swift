import AdjointKernels

/// A number, with the operand's elements in a box inside: linear in the operand and the number together.
enum Pad {
  static func operation(_ starts: [Int]) -> Operation {
    Operation(
      "Pad", tag: Pad.self, parameters: starts,
      .opaque { call, values in
        let number = values[1].buffer.bits(call.type, at: values[1].offset)
        let result = Buffer.filled(number, call.type, count: call.shape.elementCount)
        let strides = call.shape.contiguousStrides
        result.spread(
          values[0].contiguous(call.type, call.operandShapes[0]).buffer, call.type,
          shape: call.operandShapes[0].dimensions, offset: zip(starts, strides).reduce(0) { $0 + $1.0 * $1.1 },
          strides: strides)
        return result
      },
      .linear { node, g in
        let ones = Array(repeating: 1, count: starts.count)
        return [g.expanded(to: node.node.shape).sliced(starts, ones, to: node.x[0].shape), nil]
      },
      batching: { node, x, isBatched, count in
        // The number is the same for all examples: it is no tensor of the caller's.
        let inner = x[0].repeated(count, unless: isBatched[0])
        return operation([0] + starts).record(
          node.type, node.shape.inserting(count, at: 0), Operands(Expression(inner.asNode, inner.value), x[1]))
      })
  }
}

extension Expression {
  /// Padding in PyTorch's order: before and after the last axis, then the one before it, and so on.
  func padded(_ padding: [Int], _ number: Expression) -> Expression {
    var (inner, target) = (shape, shape)
    var cuts = Array(repeating: 0, count: shape.rank)
    var starts = cuts
    for pair in 0..<(padding.count / 2) {
      let axis = shape.rank - 1 - pair
      let (before, after) = (padding[2 * pair], padding[2 * pair + 1])
      cuts[axis] = Swift.max(0, -before)
      starts[axis] = Swift.max(0, before)
      inner[axis] = Swift.max(0, shape[axis] - cuts[axis] - Swift.max(0, -after))
      target[axis] = shape[axis] + before + after
    }
    let ones = Array(repeating: 1, count: shape.rank)
    let kept = sliced(cuts, ones, to: inner)
    if inner == target { return kept }
    let fill = number.node == nil ? Expression(number.asNode) : number
    return Pad.operation(starts).record(type, target, Operands(Expression(kept.asNode, kept.value), fill))
  }
}

extension Buffer {
  /// The bits of one element.
  fileprivate func bits(_ type: ElementType, at index: Int) -> UInt64 {
    switch type.size {
    case 1: UInt64(element(UInt8.self, at: index))
    case 4: UInt64(element(UInt32.self, at: index))
    default: element(UInt64.self, at: index)
    }
  }
}

extension Tensor {
  /// The tensor with `value` around it.
  ///
  /// `padding` holds, from the last axis backward, how many elements come before and after; negative ones cut off.
  /// Derivative: the cotangent inside.
  public func padded(_ padding: [Int], value: Scalar) -> Tensor {
    let pairs = padding.count / 2
    let fits = (0..<Swift.min(pairs, rank)).allSatisfy {
      let (extent, before, after) = (shape[rank - 1 - $0], padding[2 * $0], padding[2 * $0 + 1])
      return before >= -extent && after >= -extent && extent.addingClamped(before).addingClamped(after) >= 0
    }
    guard padding.count % 2 == 0, pairs <= rank, fits else {
      fatalError(
        "padded: padding \(padding) for shape \(shape); it takes a pair per axis from the last one backward, and no "
          + "more may be cut off than there is")
    }
    var target = shape
    for pair in 0..<pairs {
      let axis = rank - 1 - pair
      target[axis] = shape[axis].addingClamped(padding[2 * pair]).addingClamped(padding[2 * pair + 1])
    }
    _ = target.checked("padded", "padding \(padding) for shape \(shape)")
    return Tensor(expression.padded(padding, Expression(bits: value.elementBits, Scalar.elementType)))
  }
}

extension Tensor where Scalar: TensorNumber {
  /// The tensor with zeros around it; see ``padded(_:value:)``.
  public func padded(_ padding: [Int]) -> Tensor { padded(padding, value: 0) }
}
