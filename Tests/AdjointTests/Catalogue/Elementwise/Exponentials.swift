import Foundation

@testable import Adjoint

extension Exponential: OperationDeclaration {
  static let samples = Sample.unary(-2...2, Foundation.exp) { $0.exp() }
}

extension BinaryExponential: OperationDeclaration {
  static let samples = Sample.unary(-2...2, Foundation.exp2) { $0.exp2() }
}

extension ExponentialMinusOne: OperationDeclaration {
  static let samples = Sample.unary(-2...2, Foundation.expm1) { $0.expm1() }
}
