import AdjointKernels
import CKernels

/// sin x.
enum Sine {
  static let operation = Operation.elementwise(
    "Sin", CK_SIN, { x, _ in x[0].cos() })
}

/// cos x.
enum Cosine {
  static let operation = Operation.elementwise(
    "Cos", CK_COS, { x, _ in -x[0].sin() })
}

/// tan x.
enum Tangent {
  static let operation = Operation.elementwise(
    "Tan", CK_TAN, { x, y in y.square() + x[0].number(1) })
}

/// arcsin x.
enum InverseSine {
  static let operation = Operation.elementwise(
    "Asin", CK_ASIN, { x, _ in x[0].oneMinusSquare().reciprocalSquareRoot() })
}

/// arccos x.
enum InverseCosine {
  static let operation = Operation.elementwise(
    "Acos", CK_ACOS, { x, _ in -x[0].oneMinusSquare().reciprocalSquareRoot() })
}

/// arctan x.
enum InverseTangent {
  static let operation = Operation.elementwise(
    "Atan", CK_ATAN,
    // Not 1 / (x² + 1): x² overflows where the slope is a number.
    { x, _ in Hypotenuse.operation.apply(x[0], x[0].number(1)).reciprocal().square() })
}

/// 1 − x².
enum OneMinusSquare {
  static let operation = Operation.ruled("OneMinusSquare") { x, _ in x[0] * x[0].number(-2) }
}

extension Expression {
  /// 1 − x² as a product, which has all digits near ±1, with the slope −2x, which has them near 0.
  func oneMinusSquare() -> Expression {
    let x = detached()
    return OneMinusSquare.operation.record((x.number(1) - x) * (x.number(1) + x), of: self)
  }

  func sin() -> Expression { Sine.operation.apply(self) }
  func cos() -> Expression { Cosine.operation.apply(self) }
  func tan() -> Expression { Tangent.operation.apply(self) }
  func asin() -> Expression { InverseSine.operation.apply(self) }
  func acos() -> Expression { InverseCosine.operation.apply(self) }
  func atan() -> Expression { InverseTangent.operation.apply(self) }
}

extension Tensor where Scalar: TensorFloatingPoint {
  /// The sine, element by element; NaN at ±∞. Derivative: cos x.
  public func sin() -> Tensor { Tensor(expression.sin()) }

  /// The cosine, element by element; NaN at ±∞. Derivative: −sin x.
  public func cos() -> Tensor { Tensor(expression.cos()) }

  /// The tangent, element by element; NaN at ±∞. Derivative: 1 + tan² x.
  public func tan() -> Tensor { Tensor(expression.tan()) }

  /// The inverse sine, element by element, in −π/2...π/2; NaN outside −1...1. Derivative: 1/√(1 − x²).
  public func asin() -> Tensor { Tensor(expression.asin()) }

  /// The inverse cosine, element by element, in 0...π; NaN outside −1...1. Derivative: −1/√(1 − x²).
  public func acos() -> Tensor { Tensor(expression.acos()) }

  /// The inverse tangent, element by element; ±π/2 at ±∞. Derivative: 1/(1 + x²).
  public func atan() -> Tensor { Tensor(expression.atan()) }
}
