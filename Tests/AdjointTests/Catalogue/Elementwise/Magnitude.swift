@testable import Adjoint

extension AbsoluteValue: OperationDeclaration {
  static let samples =
    Sample.unary(0.25...2, { Swift.abs($0) }) { $0.absoluteValue() }
    + Sample.unary(-2 ... -0.25, { Swift.abs($0) }) { $0.absoluteValue() }
}

extension Sign: OperationDeclaration {
  static let samples = Sample.unary(-2...2, isSmooth: false, { $0 > 0 ? 1 : $0 < 0 ? -1 : 0 }) { $0.sign() }
}
