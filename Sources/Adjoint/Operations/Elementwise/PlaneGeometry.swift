import AdjointKernels
import CKernels

/// The angle of the point (x₁, x₀).
enum TwoArgumentArctangent {
  static let operation = Operation.elementwise(
    "Atan2", CK_ATAN2,
    { x, _ in
      let point = PlanePoint(x)
      return point.b / point.radius * point.scale / point.radius
    },
    { x, _ in
      let point = PlanePoint(x)
      return -(point.a / point.radius) * point.scale / point.radius
    })
}

/// Two coordinates, scaled by a power of two so that neither their radius nor its square leaves the type's range.
private struct PlanePoint {
  let a, b, scale: Expression
  /// √(a² + b²) of the scaled coordinates, and 1 at the origin: there the slopes are 0, as in PyTorch.
  let radius: Expression

  init(_ x: [Expression]) {
    scale = Maximum.operation.apply(x[0].detached().absoluteValue(), x[1].detached().absoluteValue()).rangeScale()
    (a, b) = (x[0] * scale, x[1] * scale)
    let length = Hypotenuse.operation.apply(a, b)
    let isOrigin = Equal.operation.apply(length, length.number(0))
    radius = Select.apply(mask: isOrigin, length.number(1), length)
  }
}

/// √(x₀² + x₁²).
enum Hypotenuse {
  static let operation = Operation.elementwise(
    "Hypot", CK_HYPOT,
    { x, _ in
      let point = PlanePoint(x)
      return point.a / point.radius
    },
    { x, _ in
      let point = PlanePoint(x)
      return point.b / point.radius
    })
}

extension Tensor where Scalar: TensorFloatingPoint {
  /// The angle of the point (x, y) in −π...π, element by element; the shapes broadcast.
  ///
  /// Derivatives: x/(x² + y²) and −y/(x² + y²), and 0 at the origin; they neither overflow nor underflow on the way.
  public static func atan2(_ y: Tensor, _ x: Tensor) -> Tensor {
    Tensor(TwoArgumentArctangent.operation.apply(y.expression, x.expression))
  }

  /// √(a² + b²), element by element, without overflow; the shapes broadcast.
  ///
  /// Derivatives: a/y and b/y, also where y overflows; 0 at the origin, like those of ``norm(order:axes:keepingDimensions:)``.
  public static func hypot(_ a: Tensor, _ b: Tensor) -> Tensor {
    Tensor(Hypotenuse.operation.apply(a.expression, b.expression))
  }
}
