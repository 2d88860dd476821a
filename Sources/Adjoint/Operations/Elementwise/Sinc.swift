import AdjointKernels

/// sin(πx) / (πx).
enum Sinc {}

extension Expression {
  func sinc() -> Expression {
    let angle = self * number(.pi)
    // Near 0 the series: the quotient's derivatives cancel there.
    let isNear = Less.operation.apply(angle.absoluteValue(), number(0.25))
    let square = Select.apply(mask: isNear, angle, number(0)).square()
    var series = number(1.0 / 6_227_020_800)
    for factor in [-1.0 / 39_916_800, 1.0 / 362_880, -1.0 / 5_040, 1.0 / 120, -1.0 / 6, 1] {
      series = square * series + number(factor)
    }
    let far = Select.apply(mask: isNear, number(1), angle)
    return Select.apply(mask: isNear, series, far.sin() / far)
  }
}

extension Tensor where Scalar: TensorFloatingPoint {
  /// sin(πx) / (πx), element by element, and 1 at 0; NaN at ±∞, as in PyTorch.
  ///
  /// Derivative: (cos(πx) − y)/x, and 0 at 0; near 0 the series' derivatives, which lose no digits.
  public func sinc() -> Tensor { Tensor(expression.sinc()) }
}
