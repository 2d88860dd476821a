import AdjointKernels

/// y[k] = x[0] + … + x[k] along an axis; reversed, x[k] + … to the end.
enum CumulativeSum {
  static func operation(_ axis: Int, reversed: Bool) -> Operation {
    Operation(
      "CumSum", tag: CumulativeSum.self, parameters: [axis, reversed ? 1 : 0],
      .opaque { call, values in
        Scans.sums(
          values[0].contiguous(call.type, call.operandShapes[0]).buffer, call.type, call.extents(axis),
          reversed: reversed)
      },
      .linear { node, g in [g.cumulativeSum(axis: axis, reversed: !reversed)] },
      batching: batchedAlongside { operation(axis + 1, reversed: reversed) })
  }
}

extension Expression {
  func cumulativeSum(axis: Int, reversed: Bool) -> Expression {
    CumulativeSum.operation(axis, reversed: reversed).record(type, shape, asArray)
  }
}

extension Tensor where Scalar: TensorNumber {
  /// Running sums along an axis: y[k] = x[0] + … + x[k].
  ///
  /// Floating-point sums run in Double; integers wrap. Derivative: the cotangent's running sums from the end.
  public func cumulativeSum(axis: Int) -> Tensor {
    let (x, axis) = walk(axis, "cumulativeSum")
    return Tensor(x.cumulativeSum(axis: axis, reversed: false).reshaped(shape))
  }
}
