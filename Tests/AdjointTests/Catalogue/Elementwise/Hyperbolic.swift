import Foundation

@testable import Adjoint

extension HyperbolicSine: OperationDeclaration {
  static let samples = Sample.unary(-2...2, Foundation.sinh) { $0.sinh() }
}

extension HyperbolicCosine: OperationDeclaration {
  static let samples = Sample.unary(-2...2, Foundation.cosh) { $0.cosh() }
}

extension HyperbolicTangent: OperationDeclaration {
  static let samples = Sample.unary(-2...2, Foundation.tanh) { $0.tanh() }
}

extension HyperbolicSecantSquare: OperationDeclaration {
  static let samples = Sample.unary(-4...4, { 1 / (Foundation.cosh($0) * Foundation.cosh($0)) }) {
    $0.hyperbolicSecantSquare()
  }
}

extension InverseHyperbolicSine: OperationDeclaration {
  static let samples = Sample.unary(-3...3, Foundation.asinh) { $0.asinh() }
}

extension InverseHyperbolicCosine: OperationDeclaration {
  static let samples = Sample.unary(1.25...3, Foundation.acosh) { $0.acosh() }
}

extension InverseHyperbolicTangent: OperationDeclaration {
  static let samples = Sample.unary(-0.8...0.8, Foundation.atanh) { $0.atanh() }
}
