@testable import Adjoint

extension ClampBelow: OperationDeclaration {
  static let samples =
    Sample.binary(-2...2, -2...2, Swift.max) { $0.clamped($1, nil) }
    + Sample.unary(0.5...2, { $0 }) { $0.clamped($0.number(0.25), nil) }
}

extension ClampAbove: OperationDeclaration {
  static let samples =
    Sample.binary(-2...2, -2...2, Swift.min) { $0.clamped(nil, $1) }
    + Sample.unary(-2...2, isSmooth: false, { Swift.min(Swift.max($0, -1), 1) }) {
      $0.clamped($0.number(-1), $0.number(1))
    }
}
