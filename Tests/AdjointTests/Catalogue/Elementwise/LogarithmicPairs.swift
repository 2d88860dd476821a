import Foundation

@testable import Adjoint

extension TimesLogarithm: OperationDeclaration {
  static let samples = Sample.binary(-2...2, 0.5...2, { $0 * Foundation.log($1) }) { operation.apply($0, $1) }
}

extension LogarithmOfExponentials: OperationDeclaration {
  static let samples = Sample.binary(-2...2, -2...2, { Foundation.log(Foundation.exp($0) + Foundation.exp($1)) }) {
    operation.apply($0, $1)
  }
}
