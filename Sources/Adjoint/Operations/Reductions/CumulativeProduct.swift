import AdjointKernels

/// y[k] = x[0] · … · x[k] along an axis.
enum CumulativeProduct {
  static func operation(_ axis: Int) -> Operation {
    Operation(
      "CumProd", tag: CumulativeProduct.self, parameters: [axis],
      .opaque { call, values in
        Scans.products(
          values[0].contiguous(call.type, call.operandShapes[0]).buffer, call.type, call.extents(axis))
      },
      .custom(
        jvp: { node, t in
          let x = node.x[0]
          return CumulativeProductAlong.operation(axis, 1).record(
            x.type, x.shape, Operands(x, t[0]!.expanded(to: x.shape).asArray))
        },
        vjp: { node, g in
          let x = node.x[0]
          return [CumulativeProductGradient.operation(axis, 0).record(x.type, x.shape, Operands(x, g.asArray))]
        }), batching: batchedAlongside { operation(axis + 1) })
  }
}

/// The derivative of order n of running products along n tangents: operands x, t₁ … tₙ.
enum CumulativeProductAlong {
  static func operation(_ axis: Int, _ tangents: Int) -> Operation {
    Operation(
      "CumProdAlong", tag: CumulativeProductAlong.self, parameters: [axis, tangents],
      .opaque { call, values in
        let arrays = values.map { $0.contiguous(call.type, call.shape).buffer }
        return RunningProducts.derivatives(arrays[0], Array(arrays.dropFirst()), call.type, call.extents(axis))
      },
      .custom(
        jvp: { node, t in
          var sum: Expression?
          for (index, tangent) in t.enumerated() {
            guard let tangent else { continue }
            let operands = node.directed(index, tangent)
            sum = .adding(
              sum, operation(axis, operands.count - 1).record(node.node.type, node.node.shape, Operands(operands)))
          }
          return sum
        },
        vjp: { node, g in
          node.x.indices.map { index in
            // Linear in each tangent: the gradient for one is that of the derivative along the others.
            var operands = node.x
            if index > 0 { operands.remove(at: index) }
            return CumulativeProductGradient.operation(axis, operands.count - 1)
              .record(node.node.type, node.node.shape, Operands(operands + [g.asArray]))
          }
        }), batching: batchedAlongside { operation(axis + 1, tangents) })
  }
}

/// The gradient of Σ g·d by x, where d is the derivative of order n of running products along n tangents: operands x, t₁ … tₙ, g.
enum CumulativeProductGradient {
  static func operation(_ axis: Int, _ tangents: Int) -> Operation {
    Operation(
      "CumProdGradient", tag: CumulativeProductGradient.self, parameters: [axis, tangents],
      .opaque { call, values in
        let arrays = values.map { $0.contiguous(call.type, call.shape).buffer }
        return RunningProducts.gradients(
          arrays[0], Array(arrays.dropFirst().dropLast()), arrays.last!, call.type, call.extents(axis))
      },
      .custom(
        jvp: { node, t in
          var sum: Expression?
          for (index, tangent) in t.enumerated() {
            guard let tangent else { continue }
            sum = .adding(sum, derivative(node, axis, index, tangent))
          }
          return sum
        },
        vjp: { node, h in
          // Symmetric in h and the tangents; for g, it is the derivative along them all.
          let last = node.x.count - 1
          return node.x.indices.map { index in
            if index < last { return derivative(node, axis, index, h) }
            let operands = node.x.dropLast() + [h.asArray]
            return CumulativeProductAlong.operation(axis, operands.count - 1)
              .record(node.node.type, node.node.shape, Operands(Array(operands)))
          }
        }), batching: batchedAlongside { operation(axis + 1, tangents) })
  }

  private static func derivative(_ node: Recorded, _ axis: Int, _ index: Int, _ t: Expression) -> Expression {
    var operands = node.directed(index, t)
    if index == 0 {
      // The new tangent came behind g.
      operands.swapAt(operands.count - 1, operands.count - 2)
    }
    return operation(axis, operands.count - 2).record(node.node.type, node.node.shape, Operands(operands))
  }
}

extension Recorded {
  /// The operands with one more tangent for x, the first of them, or with another tangent or cotangent.
  fileprivate func directed(_ index: Int, _ t: Expression) -> [Expression] {
    var operands = x
    let t = t.expanded(to: node.shape).asArray
    if index == 0 { operands.append(t) } else { operands[index] = t }
    return operands
  }
}

extension Expression {
  func cumulativeProduct(axis: Int) -> Expression {
    CumulativeProduct.operation(axis).record(type, shape, asArray)
  }
}

extension Tensor where Scalar: TensorNumber {
  /// Running products along an axis: y[k] = x[0] · … · x[k].
  ///
  /// Floating-point products run in Double and leave the range only where a result does: behind 1e200, 1e200 comes ∞, and behind
  /// another 1e-300 it is 1e100. Integers wrap. Derivative: exact where elements are 0, in the same range, in linear time.
  public func cumulativeProduct(axis: Int) -> Tensor {
    let (x, axis) = walk(axis, "cumulativeProduct")
    return Tensor(x.cumulativeProduct(axis: axis).reshaped(shape))
  }
}
