import Foundation

@testable import Adjoint

extension Square: OperationDeclaration {
  static let samples = Sample.unary(-2...2, { $0 * $0 }) { $0.square() }
}

extension Power: OperationDeclaration {
  static let samples =
    Sample.binary(0.5...2, -2...2, Foundation.pow) { $0.power($1) }
    + [-1, 0, 1, 2, 3, 0.5, 2.5].flatMap { exponent in
      Sample.unary(0.5...2, { Foundation.pow($0, exponent) }) { $0.power($0.number(exponent)) }
    }
}
