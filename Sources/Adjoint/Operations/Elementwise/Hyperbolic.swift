import AdjointKernels
import CKernels
import Foundation

/// sinh x.
enum HyperbolicSine: OperationDeclaration {
  static let operation = Operation.elementwise(
    "Sinh", CK_SINH, { x, _ in x[0].cosh() })

  static let samples = Sample.unary(-2...2, Foundation.sinh) { $0.sinh() }
}

/// cosh x.
enum HyperbolicCosine: OperationDeclaration {
  static let operation = Operation.elementwise(
    "Cosh", CK_COSH, { x, _ in x[0].sinh() })

  static let samples = Sample.unary(-2...2, Foundation.cosh) { $0.cosh() }
}

/// tanh x.
enum HyperbolicTangent: OperationDeclaration {
  static let operation = Operation.elementwise(
    "Tanh", CK_TANH, { x, y in x[0].number(1) - y.square() })

  static let samples = Sample.unary(-2...2, Foundation.tanh) { $0.tanh() }
}

/// arsinh x.
enum InverseHyperbolicSine: OperationDeclaration {
  static let operation = Operation.elementwise(
    "Asinh", CK_ASINH, { x, _ in (x[0].square() + x[0].number(1)).reciprocalSquareRoot() })

  static let samples = Sample.unary(-3...3, Foundation.asinh) { $0.asinh() }
}

/// arcosh x.
enum InverseHyperbolicCosine: OperationDeclaration {
  static let operation = Operation.elementwise(
    "Acosh", CK_ACOSH, { x, _ in (x[0].square() - x[0].number(1)).reciprocalSquareRoot() })

  static let samples = Sample.unary(1.25...3, Foundation.acosh) { $0.acosh() }
}

/// artanh x.
enum InverseHyperbolicTangent: OperationDeclaration {
  static let operation = Operation.elementwise(
    "Atanh", CK_ATANH, { x, _ in x[0].number(1) / (x[0].number(1) - x[0].square()) })

  static let samples = Sample.unary(-0.8...0.8, Foundation.atanh) { $0.atanh() }
}

extension Expression {
  func sinh() -> Expression { HyperbolicSine.operation.apply(self) }
  func cosh() -> Expression { HyperbolicCosine.operation.apply(self) }
  func tanh() -> Expression { HyperbolicTangent.operation.apply(self) }
  func asinh() -> Expression { InverseHyperbolicSine.operation.apply(self) }
  func acosh() -> Expression { InverseHyperbolicCosine.operation.apply(self) }
  func atanh() -> Expression { InverseHyperbolicTangent.operation.apply(self) }
}

extension Tensor where Scalar: TensorFloatingPoint {
  /// The hyperbolic sine, element by element. Derivative: cosh x.
  public func sinh() -> Tensor { Tensor(expression.sinh()) }

  /// The hyperbolic cosine, element by element. Derivative: sinh x.
  public func cosh() -> Tensor { Tensor(expression.cosh()) }

  /// The hyperbolic tangent, element by element; ±1 at ±∞. Derivative: 1 − y².
  public func tanh() -> Tensor { Tensor(expression.tanh()) }

  /// The inverse hyperbolic sine, element by element. Derivative: 1/√(x² + 1).
  public func asinh() -> Tensor { Tensor(expression.asinh()) }

  /// The inverse hyperbolic cosine, element by element; NaN below 1. Derivative: 1/√(x² − 1).
  public func acosh() -> Tensor { Tensor(expression.acosh()) }

  /// The inverse hyperbolic tangent, element by element; ±∞ at ±1, NaN beyond. Derivative: 1/(1 − x²).
  public func atanh() -> Tensor { Tensor(expression.atanh()) }
}
