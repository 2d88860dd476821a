import AdjointKernels
import CKernels

/// Π x over axes.
enum Product {
  static let operation = Operation(
    "Prod", .reduction(CK_REDUCE_PRODUCT),
    .reduction { x, _, node in
      // The product of the others, as those before times those after: y/x is no use where x is 0.
      let axes = x.shape.indices.filter { node.attribute >> $0 & 1 == 1 }
      let first = axes.first!
      let lines = Shape(
        x.shape.prefix(first)
          + [x.shape.count(of: node.attribute)] + x.shape.dropFirst(axes.last! + 1))
      let x = x.reshaped(lines)
      let before = x.cumulativeProduct(axis: first, exclusive: true)
      let after = x.reversed(axis: first).cumulativeProduct(axis: first, exclusive: true).reversed(axis: first)
      return (before * after).reshaped(node.x[0].shape)
    })
}

extension Expression {
  func product(mask: Int, keepingDimensions: Bool = true) -> Expression {
    asArray.reduce(Product.operation, mask: mask, keepingDimensions: keepingDimensions)
  }
}

extension Tensor where Scalar: TensorNumber {
  /// Π x over some axes (all for nil). The product of nothing is 1; integers wrap.
  ///
  /// Derivative: the product of the other elements, exact where some are 0.
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
