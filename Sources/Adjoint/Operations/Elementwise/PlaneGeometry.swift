import AdjointKernels
import CKernels

/// The angle of the point (x₁, x₀).
enum TwoArgumentArctangent {
  static let operation = Operation.elementwise(
    "Atan2", CK_ATAN2,
    { x, _ in x[1] / squaredRadius(x) }, { x, _ in -x[0] / squaredRadius(x) })

  /// x₀² + x₁², and 1 where that is 0: there the slopes are 0, as in PyTorch.
  private static func squaredRadius(_ x: [Expression]) -> Expression {
    let sum = x[0].square() + x[1].square()
    let isZero = Equal.operation.apply(sum, sum.number(0))
    return Select.apply(mask: isZero, sum.number(1), sum)
  }
}

/// √(x₀² + x₁²).
enum Hypotenuse {
  // The cotangent is multiplied before the division, as PyTorch does: with subnormal numbers the order shows.
  static let operation = Operation(
    "Hypot", .elementwise(CK_HYPOT),
    .custom(
      jvp: { node, t in
        let parts = zip(node.x, t).compactMap { x, t in t.map { $0 * x / node.y } }
        return parts.dropFirst().reduce(parts[0], +)
      },
      vjp: { node, g in node.x.map { g * $0 / node.y } }))
}

extension Tensor where Scalar: TensorFloatingPoint {
  /// The angle of the point (x, y) in −π...π, element by element; the shapes broadcast.
  ///
  /// Derivatives: x/(x² + y²) and −y/(x² + y²), and 0 at the origin.
  public static func atan2(_ y: Tensor, _ x: Tensor) -> Tensor {
    Tensor(TwoArgumentArctangent.operation.apply(y.expression, x.expression))
  }

  /// √(a² + b²), element by element, without overflow; the shapes broadcast.
  ///
  /// Derivatives: a/y and b/y, NaN at the origin as in PyTorch.
  public static func hypot(_ a: Tensor, _ b: Tensor) -> Tensor {
    Tensor(Hypotenuse.operation.apply(a.expression, b.expression))
  }
}
