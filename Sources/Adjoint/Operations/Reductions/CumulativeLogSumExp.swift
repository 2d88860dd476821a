import AdjointKernels

/// y[k] = ln(e^x[0] + … + e^x[k]) along an axis.
enum CumulativeLogSumExp {
  static func operation(_ axis: Int) -> Operation {
    Operation(
      "LogCumSumExp", tag: CumulativeLogSumExp.self, parameters: [axis],
      .opaque { call, values in
        Scans.logSumExps(
          values[0].contiguous(call.type, call.operandShapes[0]).buffer, call.type, call.extents(axis))
      },
      // dy[k] = e^(x[k] − y[k])·dx[k] + e^(y[k − 1] − y[k])·dy[k − 1]: every factor lies in 0...1.
      .custom(
        jvp: { node, t in
          let (share, rest) = weights(node, axis)
          return rest.recurrence((share * t[0]!).expanded(to: node.node.shape), axis: axis, transposed: false)
        },
        vjp: { node, g in
          let (share, rest) = weights(node, axis)
          return [share * rest.recurrence(g, axis: axis, transposed: true)]
        }), batching: batchedAlongside { operation(axis + 1) })
  }

  private static func weights(_ node: Recorded, _ axis: Int) -> (share: Expression, rest: Expression) {
    let y = node.y
    let count = y.shape[axis]
    if count == 0 { return (y, y) }
    let before = Expression.concatenating(
      [y.narrowed(axis: axis, start: 0, count: 1), y.narrowed(axis: axis, start: 0, count: count - 1)], axis: axis)
    // Where y is −∞ so are x and the y before: −∞ − 0 instead of −∞ − −∞ gives the weight 0.
    let base = Select.apply(
      mask: Equal.operation.apply(y, y.number(-.infinity)), y.number(0), y)
    return ((node.x[0] - base).exp(), (before - base).exp())
  }
}

extension Expression {
  func cumulativeLogSumExp(axis: Int) -> Expression {
    CumulativeLogSumExp.operation(axis).record(type, shape, asArray)
  }
}

extension Tensor where Scalar: TensorFloatingPoint {
  /// Running logarithms of sums along an axis: y[k] = ln(e^x[0] + … + e^x[k]), without overflow.
  ///
  /// Derivative: dx[j] = Σ_{k ≥ j} e^(x[j] − y[k])·g[k], by a recurrence whose factors lie in 0...1.
  public func cumulativeLogSumExp(axis: Int) -> Tensor {
    let (x, axis) = walk(axis, "cumulativeLogSumExp")
    return Tensor(x.cumulativeLogSumExp(axis: axis).reshaped(shape))
  }
}
