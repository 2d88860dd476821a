import AdjointKernels

/// sin(πx) / (πx).
enum Sinc {
  /// Of 1, z², z⁴, … in sin z / z.
  static let coefficients: [Double] = (0...10).map { n in
    (n % 2 == 0 ? 1 : -1) / (0..<(2 * n + 1)).reduce(1) { $0 * Double($1 + 1) }
  }
}

extension Expression {
  func sinc() -> Expression {
    let angle = self * number(.pi)
    // Near 0 the series: the quotient's derivatives cancel there.
    let isNear = Less.operation.apply(angle.absoluteValue(), number(1))
    let square = Select.apply(mask: isNear, angle, number(0)).square()
    var series = number(Sinc.coefficients.last!)
    for coefficient in Sinc.coefficients.dropLast().reversed() { series = square * series + number(coefficient) }
    // The sine from the distance to the next whole number, which is exact: of πx, rounded, it would be wrong in the last digit of
    // πx, and has no digits left near whole numbers.
    let far = Select.apply(mask: isNear, number(1), self)
    let whole = far.round().detached()
    let isOdd = whole - (whole * number(0.5)).floor() * number(2)
    let sine = ((far - whole) * number(.pi)).sin() * (number(1) - isOdd * number(2))
    return Select.apply(mask: isNear, series, sine / (far * number(.pi)))
  }
}

extension Tensor where Scalar: TensorFloatingPoint {
  /// sin(πx) / (πx), element by element, and 1 at 0; NaN at ±∞, as in PyTorch.
  ///
  /// Derivative: (cos(πx) − y)/x, and 0 at 0; near 0 the series' derivatives, which lose no digits.
  public func sinc() -> Tensor { Tensor(expression.sinc()) }
}
