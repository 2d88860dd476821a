import Foundation

@testable import Adjoint

extension NaNToNumber: OperationDeclaration {
  static let samples =
    Sample.unary(-2...2, { $0 }) { $0.nanToNumber(0, 1, -1) } + [
      Sample(
        "replaced", [.values([.nan, .infinity, -.infinity, 2], [4])],
        reference: { $0[0].isFinite ? $0[0] : $0[0].isNaN ? 3 : $0[0] > 0 ? 4 : 5 }
      ) {
        [$0[0].nanToNumber(3, 4, 5)]
      }
    ]
}

extension NaNIgnoringExtremes: OperationDeclaration {
  static let samples =
    Sample.binary(-2...0.9, 1...2, { Swift.max($0, $1) }) { $0.extreme($1, Maximum.operation) }
    + Sample.binary(-2...0.9, 1...2, { Swift.min($0, $1) }) { $0.extreme($1, Minimum.operation) }
}

extension Heaviside: OperationDeclaration {
  static let samples = Sample.binary(-2...2, 1...2, isSmooth: false, { x, y in x > 0 ? 1 : x < 0 ? 0 : y }) {
    $0.heaviside($1)
  }
}

extension FractionalPart: OperationDeclaration {
  static let samples = Sample.unary(1.1...1.9, { $0 - 1 }) { $0.fractionalPart() }
}

extension SignBit: OperationDeclaration {
  static let samples = Sample.unary(-2...2, isSmooth: false, { $0.sign == .minus ? 1 : 0 }) {
    Less.operation.apply(CopySign.operation.apply(.full(1, $0.type, $0.shape), $0), $0.number(0))
  }
}

extension AngleUnits: OperationDeclaration {
  static let samples = Sample.unary(-360...360, { $0 * .pi / 180 }) { $0 * $0.number(.pi / 180) }
}
