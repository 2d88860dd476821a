import AdjointKernels
import CKernels
import Foundation

/// sin x.
enum Sine: OperationDeclaration {
  static let operation = Operation.elementwise(
    "Sin", CK_SIN, { x, _ in x[0].cos() })

  static let samples = Sample.unary(-3...3, Foundation.sin) { $0.sin() }
}

/// cos x.
enum Cosine: OperationDeclaration {
  static let operation = Operation.elementwise(
    "Cos", CK_COS, { x, _ in -x[0].sin() })

  static let samples = Sample.unary(-3...3, Foundation.cos) { $0.cos() }
}

/// tan x.
enum Tangent: OperationDeclaration {
  static let operation = Operation.elementwise(
    "Tan", CK_TAN, { x, y in y.square() + x[0].number(1) })

  static let samples = Sample.unary(-1.2...1.2, Foundation.tan) { $0.tan() }
}

/// arcsin x.
enum InverseSine: OperationDeclaration {
  static let operation = Operation.elementwise(
    "Asin", CK_ASIN, { x, _ in (x[0].number(1) - x[0].square()).reciprocalSquareRoot() })

  static let samples = Sample.unary(-0.8...0.8, Foundation.asin) { $0.asin() }
}

/// arccos x.
enum InverseCosine: OperationDeclaration {
  static let operation = Operation.elementwise(
    "Acos", CK_ACOS, { x, _ in -(x[0].number(1) - x[0].square()).reciprocalSquareRoot() })

  static let samples = Sample.unary(-0.8...0.8, Foundation.acos) { $0.acos() }
}

/// arctan x.
enum InverseTangent: OperationDeclaration {
  static let operation = Operation.elementwise(
    "Atan", CK_ATAN, { x, _ in x[0].number(1) / (x[0].square() + x[0].number(1)) })

  static let samples = Sample.unary(-3...3, Foundation.atan) { $0.atan() }
}

extension Expression {
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
