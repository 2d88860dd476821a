@testable import Adjoint

extension Maximum: OperationDeclaration {
  static let samples = Sample.binary(-2...2, -2...2, Swift.max) { Maximum.operation.apply($0, $1) }
}

extension Minimum: OperationDeclaration {
  static let samples = Sample.binary(-2...2, -2...2, Swift.min) { Minimum.operation.apply($0, $1) }
}
