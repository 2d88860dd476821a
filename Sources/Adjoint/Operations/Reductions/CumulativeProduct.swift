import AdjointKernels

/// y[k] = x[0] · … · x[k] along an axis; exclusive, the product of the elements before k.
enum CumulativeProduct {
  static func operation(_ axis: Int, exclusive: Bool) -> Operation {
    Operation(
      "CumProd", tag: CumulativeProduct.self, parameters: [axis, exclusive ? 1 : 0],
      .opaque { call, values in
        Scans.products(
          values[0].contiguous(call.type, call.operandShapes[0]).buffer, call.type, call.extents(axis),
          exclusive: exclusive)
      },
      // With p the exclusive products: dy[k] = dx[k]·p[k] + x[k]·dy[k − 1], and for the exclusive ones themselves the
      // same one place later.
      .custom(
        jvp: { node, t in
          let x = node.x[0]
          let input = t[0]!.expanded(to: x.shape) * x.cumulativeProduct(axis: axis, exclusive: true)
          if !exclusive { return x.recurrence(input, axis: axis, transposed: false) }
          return x.shifted(axis: axis).recurrence(input.shifted(axis: axis), axis: axis, transposed: false)
        },
        vjp: { node, g in
          let x = node.x[0]
          let before = x.cumulativeProduct(axis: axis, exclusive: true)
          if !exclusive { return [before * x.recurrence(g, axis: axis, transposed: true)] }
          let sums = x.shifted(axis: axis).recurrence(g, axis: axis, transposed: true)
          return [before * sums.shiftedBack(axis: axis)]
        }), batching: batchedAlongside { operation(axis + 1, exclusive: exclusive) })
  }
}

extension Expression {
  func cumulativeProduct(axis: Int, exclusive: Bool) -> Expression {
    CumulativeProduct.operation(axis, exclusive: exclusive).record(type, shape, asArray)
  }
}

extension Tensor where Scalar: TensorNumber {
  /// Running products along an axis: y[k] = x[0] · … · x[k].
  ///
  /// Floating-point products run in Double; integers wrap. Derivative: exact where elements are 0, in linear time.
  public func cumulativeProduct(axis: Int) -> Tensor {
    let (x, axis) = walk(axis, "cumulativeProduct")
    return Tensor(x.cumulativeProduct(axis: axis, exclusive: false).reshaped(shape))
  }
}
