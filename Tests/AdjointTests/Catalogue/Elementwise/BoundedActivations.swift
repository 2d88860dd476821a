@testable import Adjoint

extension HardTanh: OperationDeclaration {
  static let samples =
    Sample.unary(-0.9...1.9, { $0 }) { $0.hardTanh(-1, 2) } + Sample.unary(2.1...3, { _ in 2 }) { $0.hardTanh(-1, 2) }
}

extension HardSigmoid: OperationDeclaration {
  static let samples =
    Sample.unary(-2.9...2.9, { ($0 + 3) / 6 }) { $0.hardSigmoid() }
    + Sample.unary(3.1...4, { _ in 1 }) { $0.hardSigmoid() }
}

extension HardSwish: OperationDeclaration {
  static let samples =
    Sample.unary(-2.9...2.9, { $0 * ($0 + 3) / 6 }) { $0.hardSwish() }
    + Sample.unary(3.1...4, { $0 }) { $0.hardSwish() }
    + Sample.unary(-4 ... -3.1, { _ in 0 }) { $0.hardSwish() }
}

extension SoftShrink: OperationDeclaration {
  static let samples =
    Sample.unary(0.6...2, { $0 - 0.5 }) { $0.softShrink(0.5) }
    + Sample.unary(-2 ... -0.6, { $0 + 0.5 }) { $0.softShrink(0.5) }
    + Sample.unary(-0.4...0.4, { _ in 0 }) { $0.softShrink(0.5) }
}

extension HardShrink: OperationDeclaration {
  static let samples =
    Sample.unary(0.6...2, { $0 }) { $0.hardShrink(0.5) } + Sample.unary(-2 ... -0.6, { $0 }) { $0.hardShrink(0.5) }
    + Sample.unary(-0.4...0.4, { _ in 0 }) { $0.hardShrink(0.5) }
}
