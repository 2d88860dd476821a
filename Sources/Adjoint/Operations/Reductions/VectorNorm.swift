import AdjointKernels
import CKernels

/// (Σ |x|ᵖ)^(1/p) over axes, and its limits: a value made of other operations, with a rule of its own.
///
/// Operands y, x, the magnitude s that decides the norm, and z = y/s, whose digits are all there where y is subnormal or infinite.
enum VectorNorm {
  static func operation(_ order: Double) -> Operation {
    Operation.ruledReduction(
      "Norm", tag: VectorNorm.self, parameters: [Int(bitPattern: UInt(order.bitPattern))],
      tangent: { node, x, t in t * slope(node, x, order) },
      cotangent: { node, x, g in g.keeping(x.shape.keeping(node.attribute)) * slope(node, x, order) })
  }

  /// sign(x)·(|x|/y)ᵖ⁻¹, and 0 where x or y is 0.
  private static func slope(_ node: Recorded, _ x: Expression, _ order: Double) -> Expression {
    let kept = x.shape.keeping(node.attribute)
    let (scale, z) = (node.x[2].keeping(kept), node.x[3].keeping(kept))
    let isZero = LogicalOr.operation.apply(
      Equal.operation.apply(x, x.number(0)), Equal.operation.apply(z, x.number(0)))
    let share = (x.absoluteValue() / scale) / Select.apply(mask: Equal.operation.apply(z, x.number(0)), x.number(1), z)
    let power = Select.apply(mask: isZero, x.number(1), share).power(x.number(order - 1))
    return Select.apply(mask: isZero, x.number(0), x.sign() * power)
  }
}

/// √Σ x² over axes: a value made of other operations, with a rule of its own.
enum EuclideanNorm {
  static let operation = Operation.ruledReduction(
    "Norm", tag: EuclideanNorm.self, parameters: [],
    tangent: { node, x, t in t * direction(node, x) },
    finishing: { node, x, t, sum in TangentAtKink.record(sum, of: node, x, t) },
    cotangent: { node, x, g in
      let kept = x.shape.keeping(node.attribute)
      // y·(x/y) is x, also at 0: so y² has the second derivative 2 there, which y itself has not.
      if let rest = g.without({ $0.isSameResult(as: node.node, ofOperand: 1) }) { return rest.keeping(kept) * x }
      return g.keeping(kept) * direction(node, x)
    })

  /// x² in Double.
  static let wideSquare = Operation.elementwise(undifferentiable: "SquareToDouble", CK_SQUARE_TO_FLOAT64)

  /// x/y, and 0 where all is 0.
  private static func direction(_ node: Recorded, _ x: Expression) -> Expression {
    let y = node.y.keeping(x.shape.keeping(node.attribute))
    let isZero = Equal.operation.apply(y, y.number(0))
    // 1 in place of 0 keeps 0/0 out of the second derivative.
    return x / Select.apply(mask: isZero, y.number(1), y)
  }
}

extension Expression {
  /// The norm over the axes of a mask, which stay at extent 1 or are dropped.
  func norm(_ order: Double, mask: Int, keepingDimensions: Bool = true) -> Expression {
    let x = asArray
    let target = keepingDimensions ? shape.keeping(mask) : shape.removing(mask)
    func reduced(_ x: Expression, _ operation: Operation) -> Expression {
      x.extreme(operation, mask: mask, keepingDimensions: keepingDimensions, "norm")
    }
    switch order {
    case 2:
      return EuclideanNorm.operation.record(detached().rootOfSquares(mask: mask).reshaped(target), of: x, mask: mask)
    case 1: return x.absoluteValue().sum(mask: mask).reshaped(target)
    case .infinity: return reduced(x.absoluteValue(), Maximal.operation)
    case -.infinity: return reduced(x.absoluteValue(), Minimal.operation)
    case 0:
      // By the sign, which is tracked with slope 0; the sign of NaN is no number everywhere, and NaN is not 0.
      return Select.apply(mask: IsNaN.operation.apply(x), number(1), x.sign().square()).sum(mask: mask).reshaped(target)
    default:
      let magnitudes = x.absoluteValue()
      let scale = magnitudes.decisive(order, mask: mask)
      let sum = (magnitudes / scale).asArray.flatPower(order).sum(mask: mask)
      let z = sum.flatPower(1 / order)
      // Of small orders the power leaves the range before it is scaled, and its root does not.
      let root = order.magnitude < 0.25 ? sum.detached().flatPower(0.5 / order) : nil
      let y = root.map { $0 * scale * $0 } ?? z.detached() * scale
      return VectorNorm.operation(order).record(y.reshaped(target), of: x, mask: mask, scale, z)
    }
  }

  /// √Σ x² over the axes of a mask, which neither overflows nor underflows on the way.
  private func rootOfSquares(mask: Int) -> Expression {
    // Every square of a Float is a Double.
    if type == .float32 {
      return EuclideanNorm.wideSquare.apply(self).asArray.sum(mask: mask).squareRoot().converted(to: .float32)
    }
    if shape.elementCount == 0 { return sum(mask: mask) }
    let scale = absoluteValue().extreme(Maximal.operation, mask: mask).rangeScale()
    return (self * scale).asArray.square().sum(mask: mask).squareRoot() / scale
  }

  /// Of magnitudes, the one that decides the norm; 1 where that is 0 or infinite. The scale counts as a constant, because the norm
  /// does not depend on it.
  private func decisive(_ order: Double, mask: Int) -> Expression {
    if shape.elementCount == 0 { return number(1) }
    let chosen = detached().extreme(order > 0 ? Maximal.operation : Minimal.operation, mask: mask)
    let isPlain = LogicalOr.operation.apply(
      Equal.operation.apply(chosen, number(0)), Equal.operation.apply(chosen, number(.infinity)))
    return Select.apply(mask: isPlain, number(1), chosen)
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
  /// Order 0 counts the elements that are not 0; ±∞ gives the largest and the smallest |x|. NaN where an element is. It overflows or
  /// underflows only where the result does. Derivative: sign(x)·(|x|/y)ᵖ⁻¹, and 0 where x or y is 0; ties of the largest share
  /// equally. The second derivative at 0 is 0 by convention, but that of the square of a norm of order 2 is 2.
  public func norm(order: Double = 2, axes: [Int]? = nil, keepingDimensions: Bool = false) -> Tensor {
    let mask = shape.mask(axes, "norm")
    if order.isNaN { fatalError("norm: the order is \(order); it must be a number, or infinite") }
    if order < 0 && shape.count(of: mask) == 0 && shape.removing(mask).elementCount > 0 {
      fatalError("norm: order \(order) of nothing, for shape \(shape); a negative order needs at least one element")
    }
    return Tensor(expression.norm(order, mask: mask, keepingDimensions: keepingDimensions))
  }
}
