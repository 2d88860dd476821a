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
      .custom(
        jvp: { node, t in tangent(node.x[0], axis, t[0]!.expanded(to: node.node.shape)) },
        vjp: { node, g in [cotangent(node.x[0], axis, g)] }),
      batching: batchedAlongside { operation(axis + 1) })
  }

  /// dy[k] = e^(x[k] − y[k])·dx[k] + e^(y[k − 1] − y[k])·dy[k − 1]: every factor lies in 0...1.
  fileprivate static func tangent(_ x: Expression, _ axis: Int, _ t: Expression) -> Expression {
    x.runningShare(axis, ofElement: false)
      .recurrence((x.runningShare(axis, ofElement: true) * t).expanded(to: x.shape), axis: axis, transposed: false)
  }

  fileprivate static func cotangent(_ x: Expression, _ axis: Int, _ g: Expression) -> Expression {
    x.runningShare(axis, ofElement: true)
      * x.runningShare(axis, ofElement: false).recurrence(g.asArray, axis: axis, transposed: true)
  }
}

/// s[k] = e^(x[k] − y[k]), the share of the last element in a running sum of exponentials, or r[k] = e^(y[k − 1] − y[k]), the rest.
///
/// An operation of its own, because y as it is rounded has lost the digits of what is taken from it: of 1,001.3 in Float, all but three.
enum RunningShare {
  static func operation(_ axis: Int, ofElement: Bool) -> Operation {
    Operation(
      "LogCumSumExpShare", tag: RunningShare.self, parameters: [axis, ofElement ? 1 : 0],
      .opaque { call, values in
        Scans.logSumExpShares(
          values[0].contiguous(call.type, call.operandShapes[0]).buffer, call.type, call.extents(axis),
          ofElement: ofElement)
      },
      // ds = s·(dx − dy), and dy = s·dx + r·dy′ for the dy′ before: s·r·(dx − dy′), where nothing cancels that s + r = 1 hides; dr = −ds.
      .custom(
        jvp: { node, t in
          let x = node.x[0]
          let t = t[0]!.expanded(to: x.shape)
          let before = CumulativeLogSumExp.tangent(x, axis, t).shifted(axis: axis)
          return slope(x, axis, ofElement) * (t - before)
        },
        vjp: { node, g in
          let x = node.x[0]
          let direct = (g * slope(x, axis, ofElement)).asArray
          return [direct - CumulativeLogSumExp.cotangent(x, axis, direct.shiftedBack(axis: axis))]
        }), batching: batchedAlongside { operation(axis + 1, ofElement: ofElement) })
  }

  private static func slope(_ x: Expression, _ axis: Int, _ ofElement: Bool) -> Expression {
    let product = x.runningShare(axis, ofElement: true) * x.runningShare(axis, ofElement: false)
    return ofElement ? product : -product
  }
}

extension Expression {
  func cumulativeLogSumExp(axis: Int) -> Expression {
    CumulativeLogSumExp.operation(axis).record(type, shape, asArray)
  }

  fileprivate func runningShare(_ axis: Int, ofElement: Bool) -> Expression {
    RunningShare.operation(axis, ofElement: ofElement).record(type, shape, asArray)
  }
}

extension Tensor where Scalar: TensorFloatingPoint {
  /// Running logarithms of sums along an axis: y[k] = ln(e^x[0] + … + e^x[k]), without overflow.
  ///
  /// Derivative: dx[j] = Σ_{k ≥ j} e^(x[j] − y[k])·g[k], by a recurrence whose factors lie in 0...1 and have all digits, however large
  /// x is; 0 for elements of −∞, and NaN at +∞ and behind it.
  public func cumulativeLogSumExp(axis: Int) -> Tensor {
    let (x, axis) = walk(axis, "cumulativeLogSumExp")
    return Tensor(x.cumulativeLogSumExp(axis: axis).reshaped(shape))
  }
}
