import AdjointKernels
import CKernels

/// The x whose error function is given.
enum InverseErrorFunction {
  static let operation: Operation = .elementwise(
    "Erfinv", CK_ERFINV, { x, y in y.square().exp() * x[0].number(0.886226925452758013649083741670572591) })
}

/// e^(x²)·erfc x.
enum ScaledComplementaryErrorFunction {
  static let operation: Operation = .elementwise(
    "Erfcx", CK_ERFCX,
    // Not 2x·y − 2/√π, which cancels for large x.
    { x, _ in ErrorIntegral.operation.apply(x[0].number(1), x[0]) * x[0].number(-2) })
}

/// e^(x²)·iⁿerfc x of the order n, the repeated integrals of erfc; the order has no derivative.
enum ErrorIntegral {
  static let operation: Operation = .elementwise(
    "ErrorIntegral", CK_ERROR_INTEGRAL, nil,
    { x, _ in
      let next = x[0] + x[0].number(1)
      return operation.apply(next, x[1]) * (next * x[0].number(-2))
    })
}

/// The probability that a normally distributed number is below x.
enum NormalDistributionFunction {}

/// ln of that probability.
enum LogNormalDistributionFunction {
  static let operation: Operation = .elementwise(
    "LogNdtr", CK_LOG_NDTR, { x, _ in slope.record(hazard(x[0].detached()), of: x[0]) })

  /// φ(x)/Φ(x), whose own slope is −y·(x + y): erfcx overflows where this is 0.
  private static let slope = Operation.ruled("NormalHazard") { x, y in
    // Below 0 the sum cancels: it is √2·i¹erfc z / erfc z of z = −x/√2.
    let isBelow = Less.operation.apply(x[0], x[0].number(0))
    let z = Select.apply(mask: isBelow, x[0], x[0].number(0)) * x[0].number(-0.5.squareRoot())
    let (one, zero) = (
      ErrorIntegral.operation.apply(x[0].number(1), z), ScaledComplementaryErrorFunction.operation.apply(z)
    )
    return -(y * Select.apply(mask: isBelow, one / zero * x[0].number(2.0.squareRoot()), x[0] + y))
  }

  private static func hazard(_ x: Expression) -> Expression {
    x.number(0.797884560802865355879892119868763737)
      / ScaledComplementaryErrorFunction.operation.apply(x * x.number(-0.5.squareRoot()))
  }
}

extension Expression {
  func normalDistributionFunction() -> Expression { (self * number(-0.5.squareRoot())).erfc() * number(0.5) }
}

extension Tensor where Scalar: TensorFloatingPoint {
  /// The inverse of the error function, element by element: the y with erf y = x.
  ///
  /// ±∞ at ±1, NaN beyond. Derivative: √π/2 · e^(y²).
  public func erfinv() -> Tensor { Tensor(InverseErrorFunction.operation.apply(expression)) }

  /// e^(x²)·erfc x, element by element, which neither overflows nor vanishes for large x; 0 at +∞, +∞ at −∞.
  ///
  /// Derivative: 2x·y − 2/√π, by e^(x²)·i¹erfc x, which does not cancel.
  public func erfcx() -> Tensor { Tensor(ScaledComplementaryErrorFunction.operation.apply(expression)) }

  /// The normal distribution function Φ(x), element by element, by erfc: accurate far below 0 too.
  ///
  /// Derivative: e^(−x²/2) / √(2π).
  public func ndtr() -> Tensor { Tensor(expression.normalDistributionFunction()) }

  /// ln Φ(x) of the normal distribution function, element by element, for x of any size; −∞ at −∞, 0 at +∞.
  ///
  /// Derivative: √(2/π) / erfcx(−x/√2).
  public func logNdtr() -> Tensor { Tensor(LogNormalDistributionFunction.operation.apply(expression)) }
}
