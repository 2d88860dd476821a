import AdjointKernels

/// (Σ |x|ᵖ)^(1/p) over axes, and its limits.
enum VectorNorm {}

extension Expression {
  /// The norm over the axes of a mask, which stay at extent 1.
  func norm(_ order: Double, mask: Int) -> Expression {
    let x = asArray
    switch order {
    case 2: return x.square().sum(mask: mask).flatSquareRoot()
    case 1: return x.absoluteValue().sum(mask: mask)
    case .infinity:
      return x.absoluteValue().extreme(Maximal.operation, mask: mask, "norm")
    case -.infinity:
      return x.absoluteValue().extreme(Minimal.operation, mask: mask, "norm")
    case 0:
      // By the sign, which is tracked with slope 0; the sign of NaN is no number everywhere, and NaN is not 0.
      return Select.apply(mask: IsNaN.operation.apply(x), number(1), x.sign().square()).sum(mask: mask)
    default:
      let powers = x.absoluteValue().flatPower(order).sum(mask: mask)
      return powers.flatPower(1 / order)
    }
  }

  /// xᵖ for x ≥ 0, with all derivatives 0 at 0.
  private func flatPower(_ exponent: Double) -> Expression {
    let isZero = Equal.operation.apply(self, number(0))
    return Select.apply(
      mask: isZero, number(exponent < 0 ? .infinity : 0),
      Select.apply(mask: isZero, number(1), self).power(number(exponent)))
  }
}

extension Tensor where Scalar: TensorFloatingPoint {
  /// The vector norm over some axes (all for nil): (Σ |x|ᵖ)^(1/p).
  ///
  /// Order 0 counts the elements that are not 0; ±∞ gives the largest and the smallest |x|. Derivative:
  /// sign(x)·(|x|/y)ᵖ⁻¹, and 0 where x or y is 0; ties of the largest share equally.
  public func norm(order: Double = 2, axes: [Int]? = nil, keepingDimensions: Bool = false) -> Tensor {
    let mask = shape.mask(axes, "norm")
    if order.isNaN { fatalError("norm: the order is \(order); it must be a number, or infinite") }
    if order < 0 && shape.count(of: mask) == 0 && shape.removing(mask).elementCount > 0 {
      fatalError("norm: order \(order) of nothing, for shape \(shape); a negative order needs at least one element")
    }
    return Tensor(
      expression.norm(order, mask: mask).reshaped(keepingDimensions ? shape.keeping(mask) : shape.removing(mask)))
  }
}
