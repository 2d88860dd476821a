import AdjointKernels
import CKernels

/// ln(1 + e^(βx)) / β.
enum Softplus {
  /// −ln(1 + e⁻ᶻ), whose slope counts as constant where −z is the threshold: PyTorch's second derivative is 0 from
  /// there on, its first only beyond.
  static func logSigmoid(threshold: Double) -> Operation {
    Operation(
      "LogSigmoid", tag: Softplus.self, parameters: [Int(bitPattern: UInt(threshold.bitPattern))],
      .elementwise(CK_LOG_SIGMOID),
      .elementwise([
        { x, _ in
          let slope = (-x[0]).sigmoid()
          let isEnd = Equal.operation.apply(x[0], x[0].number(-threshold))
          return Select.apply(mask: isEnd, slope.detached(), slope)
        }
      ]))
  }
}

extension Expression {
  func softplus(beta: Double, threshold: Double) -> Expression {
    let scaled = self * number(beta)
    // −logSigmoid(−z) = ln(1 + eᶻ) overflows nowhere, so that the branch not taken has a finite slope.
    let curve = Softplus.logSigmoid(threshold: threshold).apply(-scaled) * number(-1 / beta)
    return Select.apply(mask: Greater.operation.apply(scaled, number(threshold)), self, curve)
  }
}

extension Tensor where Scalar: TensorFloatingPoint {
  /// ln(1 + e^(βx)) / β, element by element, and x itself where βx is above the threshold.
  ///
  /// Overflows nowhere. Derivative: sigmoid(βx), and 1 above the threshold.
  public func softplus(beta: Scalar = 1, threshold: Scalar = 20) -> Tensor {
    Tensor(expression.softplus(beta: Double(beta), threshold: Double(threshold)))
  }
}
