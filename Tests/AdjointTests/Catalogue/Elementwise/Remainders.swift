import Foundation

@testable import Adjoint

extension TruncatedRemainder: OperationDeclaration {
  static let samples =
    Sample.binary(1.1...1.9, 0.7...0.9, isSmooth: false, Foundation.fmod) { operation.apply($0, $1) }
    + Sample.binary(-1.9 ... -1.6, 0.9...1.1, Foundation.fmod) { operation.apply($0, $1) }
}

extension FlooredRemainder: OperationDeclaration {
  static let samples = Sample.binary(-1.9 ... -1.6, 0.9...1.1, { $0 - $1 * Foundation.floor($0 / $1) }) {
    operation.apply($0, $1)
  }
}

extension TruncatedQuotient: OperationDeclaration {
  static let samples = Sample.binary(-9...9, 0.7...0.9, isSmooth: false, { Foundation.trunc($0 / $1) }) {
    operation.apply($0, $1)
  }
}

extension FlooredQuotient: OperationDeclaration {
  static let samples = Sample.binary(-9...9, 0.7...0.9, isSmooth: false, { Foundation.floor($0 / $1) }) {
    operation.apply($0, $1)
  }
}
