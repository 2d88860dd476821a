import Foundation

@testable import Adjoint

extension ErrorFunction: OperationDeclaration {
  static let samples = Sample.unary(-2...2, Foundation.erf) { $0.erf() }
}

extension ComplementaryErrorFunction: OperationDeclaration {
  static let samples = Sample.unary(-2...2, Foundation.erfc) { $0.erfc() }
}
