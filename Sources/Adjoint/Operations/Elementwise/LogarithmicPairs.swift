import AdjointKernels
import CKernels
import Foundation

/// x₀ · ln x₁, and 0 where x₀ is 0.
enum TimesLogarithm: OperationDeclaration {
  static let operation = Operation.elementwise(
    "XLogY", CK_XLOGY,
    { x, _ in
      // 0 · ln of a number ≤ 0 has slope 0; the logarithm of 1 instead keeps NaN and ∞ · 0 out of second derivatives.
      let flat = LogicalAnd.operation.apply(
        Equal.operation.apply(x[0], x[0].number(0)), LessOrEqual.operation.apply(x[1], x[1].number(0)))
      return Select.apply(mask: flat, x[0].number(1), x[1]).log()
    },
    { x, _ in x[0] / x[1] })

  static let samples = Sample.binary(-2...2, 0.5...2, { $0 * Foundation.log($1) }) { operation.apply($0, $1) }
}

/// ln(e^x₀ + e^x₁).
enum LogarithmOfExponentials: OperationDeclaration {
  static let operation = Operation.elementwise(
    "LogAddExp", CK_LOG_ADD_EXP, { x, _ in (x[0] - x[1]).sigmoid() }, { x, _ in (x[1] - x[0]).sigmoid() })

  static let samples = Sample.binary(-2...2, -2...2, { Foundation.log(Foundation.exp($0) + Foundation.exp($1)) }) {
    operation.apply($0, $1)
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
  /// Derivatives: sigmoid(a − b) and sigmoid(b − a).
  public static func logAddExp(_ a: Tensor, _ b: Tensor) -> Tensor {
    Tensor(LogarithmOfExponentials.operation.apply(a.expression, b.expression))
  }
}
