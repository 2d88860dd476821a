import AdjointKernels
import CKernels

/// x₀ · ln x₁, and 0 where x₀ is 0.
enum TimesLogarithm {
  // The products with the cotangent are taken in PyTorch's order: at 0 and with subnormal numbers it shows.
  static let operation = Operation(
    "XLogY", .elementwise(CK_XLOGY),
    .custom(
      jvp: { node, t in
        let first = t[0].map { share(of: $0, node.x) }
        guard let tangent = t[1] else { return first }
        return .adding(first, tangent * node.x[0] / node.x[1])
      },
      vjp: { node, g in [share(of: g, node.x), g * node.x[0] / node.x[1]] }))

  /// t · ln x₁, which is 0 where t is, and where x₀ is 0 and x₁ ≤ 0.
  private static func share(of t: Expression, _ x: [Expression]) -> Expression {
    let flat = LogicalAnd.operation.apply(
      Equal.operation.apply(x[0], x[0].number(0)), LessOrEqual.operation.apply(x[1], x[1].number(0)))
    // The logarithm of 1 keeps NaN and ∞ · 0 out of second derivatives.
    return operation.apply(t, Select.apply(mask: flat, x[0].number(1), x[1]))
  }
}

/// ln(e^x₀ + e^x₁).
enum LogarithmOfExponentials {
  // The shares are NaN where both are −∞, or both ∞. What nobody asks for is 0 there nevertheless.
  static let operation = Operation(
    "LogAddExp", .elementwise(CK_LOG_ADD_EXP),
    .custom(
      jvp: { node, t in
        let shares = shares(node.x)
        let parts = zip(t, shares).compactMap { t, share in t.map { $0.scaledOrZero(by: share) } }
        return parts.dropFirst().reduce(parts[0], +)
      },
      vjp: { node, g in shares(node.x).map { g.scaledOrZero(by: $0) } }))

  private static func shares(_ x: [Expression]) -> [Expression] {
    [(x[0] - x[1]).sigmoid(), (x[1] - x[0]).sigmoid()]
  }
}

extension Expression {
  /// The product with a slope, and 0 where this is 0 and the slope is NaN. (Only there: a tangent of 0 may have a tangent.)
  func scaledOrZero(by slope: Expression) -> Expression {
    let isNothing = LogicalAnd.operation.apply(
      Equal.operation.apply(self, number(0)), IsNaN.operation.apply(slope))
    return Select.apply(mask: isNothing, number(0), self * slope)
  }
}

extension Tensor where Scalar: TensorFloatingPoint {
  /// x·ln y, element by element, and 0 where x is 0 (NaN where y is NaN); the shapes broadcast.
  ///
  /// Derivatives: ln y (0 where x is 0 and y ≤ 0) and x/y.
  public static func xlogy(_ x: Tensor, _ y: Tensor) -> Tensor {
    Tensor(TimesLogarithm.operation.apply(x.expression, y.expression))
  }

  /// ln(eᵃ + eᵇ), element by element, without overflow; the shapes broadcast. −∞ where both are.
  ///
  /// Derivatives: sigmoid(a − b) and sigmoid(b − a); where both are the same infinity, NaN as in PyTorch, but 0 for a cotangent of
  /// 0.
  public static func logAddExp(_ a: Tensor, _ b: Tensor) -> Tensor {
    Tensor(LogarithmOfExponentials.operation.apply(a.expression, b.expression))
  }
}
