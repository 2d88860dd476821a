import AdjointKernels
import CKernels

/// sinh x.
enum HyperbolicSine {
  static let operation = Operation.elementwise(
    "Sinh", CK_SINH, { x, _ in x[0].cosh() })
}

/// cosh x.
enum HyperbolicCosine {
  static let operation = Operation.elementwise(
    "Cosh", CK_COSH, { x, _ in x[0].sinh() })
}

/// tanh x.
enum HyperbolicTangent {
  static let operation = Operation.elementwise(
    "Tanh", CK_TANH, { x, _ in x[0].hyperbolicSecantSquare() })
}

/// 1 / cosh² x: the slope of tanh, of which 1 − tanh² x has no digits left for large x.
enum HyperbolicSecantSquare {
  static let operation: Operation = .elementwise(
    "SechSquare", CK_SECH_SQUARE, { x, y in x[0].tanh() * y * x[0].number(-2) })
}

/// arsinh x.
enum InverseHyperbolicSine {
  static let operation = Operation.elementwise(
    "Asinh", CK_ASINH, { x, _ in Hypotenuse.operation.apply(x[0], x[0].number(1)).reciprocal() })
}

/// arcosh x.
enum InverseHyperbolicCosine {
  static let operation = Operation.elementwise(
    "Acosh", CK_ACOSH,
    { x, _ in
      // Two factors: x² overflows where the slope does not, and x² − 1 cancels near 1.
      let (magnitude, one) = (x[0].absoluteValue(), x[0].number(1))
      return (magnitude - one).reciprocalSquareRoot() * (magnitude + one).reciprocalSquareRoot()
    })
}

/// artanh x.
enum InverseHyperbolicTangent {
  static let operation = Operation.elementwise(
    "Atanh", CK_ATANH, { x, _ in x[0].oneMinusSquare().reciprocal() })
}

extension Expression {
  func sinh() -> Expression { HyperbolicSine.operation.apply(self) }
  func cosh() -> Expression { HyperbolicCosine.operation.apply(self) }
  func hyperbolicSecantSquare() -> Expression { HyperbolicSecantSquare.operation.apply(self) }
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

  /// The hyperbolic tangent, element by element; ±1 at ±∞.
  ///
  /// Derivative: 1/cosh² x, in which large x lose no digits.
  public func tanh() -> Tensor { Tensor(expression.tanh()) }

  /// The inverse hyperbolic sine, element by element. Derivative: 1/√(x² + 1).
  public func asinh() -> Tensor { Tensor(expression.asinh()) }

  /// The inverse hyperbolic cosine, element by element; NaN below 1. Derivative: 1/√(x² − 1).
  public func acosh() -> Tensor { Tensor(expression.acosh()) }

  /// The inverse hyperbolic tangent, element by element; ±∞ at ±1, NaN beyond. Derivative: 1/(1 − x²).
  public func atanh() -> Tensor { Tensor(expression.atanh()) }
}
