import AdjointKernels
import CKernels

/// |x|.
enum AbsoluteValue {
  static let operation = Operation(
    "Abs", .elementwise(CK_ABS),
    .custom(
      jvp: { node, t in t[0].map { $0.scaled(by: node.x[0].sign()) } },
      vjp: { node, g in
        // |x|·sign(x) is x, also at 0: so |x|² has the second derivative 2 there, which |x| itself has not.
        if let rest = g.without({ isResult($0, of: node.x[0]) }) { return [rest * node.x[0]] }
        return [g.scaled(by: node.x[0].sign())]
      }))

  /// Whether a node is |x|.
  static func isResult(_ y: Node, of x: Expression) -> Bool {
    guard y.operation === operation, let node = x.node else { return false }
    let operand = y.operands.a
    return operand.node === node && operand.buffer === x.buffer
  }
}

/// −1, 0 or 1.
enum Sign {
  static let operation = Operation.elementwise("Sign", CK_SIGN, { _, _ in .zeroSlope })
}

/// The power of two that keeps squares of numbers up to |x| within the type's range; 1 for most numbers, and for 0, ∞, NaN.
enum RangeScale {
  static let operation = Operation.elementwise(undifferentiable: "RangeScale", CK_RANGE_SCALE)
}

extension Expression {
  func rangeScale() -> Expression { RangeScale.operation.apply(self) }
  func absoluteValue() -> Expression { AbsoluteValue.operation.apply(self) }
  func sign() -> Expression { Sign.operation.apply(self) }
}

extension Tensor where Scalar: TensorNumber {
  /// |x|, element by element; the lowest integer stays as it is, since integers wrap.
  ///
  /// Derivative: the sign of x, 0 at 0. The second derivative there is 0, but that of |x|² is 2.
  public func abs() -> Tensor { Tensor(expression.absoluteValue()) }

  /// −1, 0 or 1, element by element: the sign of x. Derivative: 0.
  public func sign() -> Tensor { Tensor(expression.sign()) }
}
