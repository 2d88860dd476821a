import AdjointKernels
import CKernels

/// Π x over axes that lie side by side.
enum Product {
  /// Of integers, which wrap.
  static let wrapping = Operation("Prod", .reduction(CK_REDUCE_PRODUCT), .none)

  static let operation = Operation(
    "Prod",
    .opaque { call, values in
      let shape = call.operandShapes[0]
      return Products.products(
        values[0].contiguous(call.type, shape).buffer, call.type, shape.extents(of: call.attribute))
    },
    .custom(
      // With the tangents in one kernel: a product of the others may be beyond the range where its product with a tangent is not.
      jvp: { node, t in
        let x = node.x[0]
        let extents = x.shape.extents(of: node.attribute)
        let lines = Shape([extents.outer, extents.count, extents.inner])
        if lines.elementCount == 0 { return nil }
        let along = CumulativeProductAlong.operation(1, 1).record(
          x.type, lines, Operands(x.reshaped(lines), t[0]!.expanded(to: x.shape).reshaped(lines)))
        return along.narrowed(axis: 1, start: extents.count - 1, count: 1).reshaped(node.node.shape)
      },
      vjp: { node, g in
        let x = node.x[0]
        let others = ProductOfOthers.operation(node.attribute, 0).record(x.type, x.shape, x)
        return [g.reshaped(x.shape.keeping(node.attribute)) * others]
      }),
    batching: { node, x, _, count in
      node.operation.record(node.type, node.shape.inserting(count, at: 0), attribute: node.attribute << 1, x[0])
    })
}

/// The product of all other elements over axes that lie side by side, and its derivatives: of x and n tangents,
/// y[j] = Σ t₁[k₁] ⋯ tₙ[kₙ] · Π x[i], over places k that differ from each other and from j, and i over what is left.
///
/// Symmetric in the tangents and the cotangent, so that each derivative is the same operation with one tangent more.
enum ProductOfOthers {
  static func operation(_ mask: Int, _ tangents: Int) -> Operation {
    Operation(
      "ProductOfOthers", tag: ProductOfOthers.self, parameters: [mask, tangents],
      .opaque { call, values in
        let arrays = values.map { $0.contiguous(call.type, call.shape).buffer }
        return Products.ofOthers(arrays[0], Array(arrays.dropFirst()), call.type, call.shape.extents(of: mask))
      },
      .custom(
        jvp: { node, t in
          var sum: Expression?
          for (index, tangent) in t.enumerated() {
            guard let tangent else { continue }
            sum = .adding(sum, derivative(node, mask, index, tangent))
          }
          return sum
        },
        vjp: { node, g in node.x.indices.map { derivative(node, mask, $0, g) } }),
      batching: batchedAlongside { operation(mask << 1, tangents) })
  }

  /// The derivative with respect to one operand, along a tangent or of a cotangent.
  private static func derivative(_ node: Recorded, _ mask: Int, _ index: Int, _ t: Expression) -> Expression {
    var operands = node.x
    let t = Expression(t.expanded(to: node.node.shape).asNode)
    if index == 0 { operands.append(t) } else { operands[index] = t }
    return operation(mask, operands.count - 1).record(node.node.type, node.node.shape, Operands(operands))
  }
}

extension Shape {
  /// The array as the axes before those of a mask, which lie side by side, those together, and the axes after them.
  fileprivate func extents(of mask: Int) -> Scans.Extents {
    let axes = indices.filter { mask >> $0 & 1 == 1 }
    guard let first = axes.first, let last = axes.last else {
      return Scans.Extents(outer: elementCount, count: 1, inner: 1)
    }
    return Scans.Extents(outer: outer(first), count: count(of: mask), inner: inner(last))
  }
}

extension Expression {
  /// Π x over the axes of a mask.
  func product(mask: Int, keepingDimensions: Bool = true) -> Expression {
    if !type.isFloatingPoint {
      return asArray.reduce(Product.wrapping, mask: mask, keepingDimensions: keepingDimensions)
    }
    // One after the other, groups of axes would leave the range where the whole product does not.
    let reduced = shape.indices.filter { mask >> $0 & 1 == 1 && shape[$0] != 1 }
    guard let first = reduced.first, let last = reduced.last, last - first + 1 != reduced.count else {
      return asArray.reduce(Product.operation, mask: mask, keepingDimensions: keepingDimensions)
    }
    let kept = shape.indices.filter { !reduced.contains($0) }
    let moved = asArray.permuted(kept + reduced)
    let line = moved.reshaped(Shape(kept.map { shape[$0] } + [shape.count(of: mask)]))
    return line.reduce(Product.operation, mask: 1 << kept.count, keepingDimensions: false)
      .reshaped(keepingDimensions ? shape.keeping(mask) : shape.removing(mask))
  }
}

extension Tensor where Scalar: TensorNumber {
  /// Π x over some axes (all for nil). The product of nothing is 1; integers wrap.
  ///
  /// It overflows or underflows only where the result does, whatever the order of large and small factors: 0 where a factor is 0 and
  /// all are finite. NaN where one is, or where ∞ meets 0. Derivative: the product of the other elements, in the same range and exact
  /// where some are 0.
  public func product(axes: [Int]? = nil, keepingDimensions: Bool = false) -> Tensor {
    Tensor(expression.product(mask: shape.mask(axes, "product"), keepingDimensions: keepingDimensions))
  }

  /// Π x over one axis.
  public func product(axis: Int, keepingDimensions: Bool = false) -> Tensor {
    let (x, axis) = walk(axis, "product")
    return Tensor(
      x.product(mask: 1 << axis).reshaped(shape(reducing: axis, keepingDimensions: keepingDimensions)))
  }
}
