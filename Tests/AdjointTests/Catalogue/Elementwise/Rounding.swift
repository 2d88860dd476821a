import Foundation

@testable import Adjoint

extension Floor: OperationDeclaration {
  static let samples = Sample.unary(-3...3, isSmooth: false, Foundation.floor) { $0.floor() }
}

extension Ceiling: OperationDeclaration {
  static let samples = Sample.unary(-3...3, isSmooth: false, Foundation.ceil) { $0.ceil() }
}

extension Round: OperationDeclaration {
  static let samples = Sample.unary(-3...3, isSmooth: false, Foundation.rint) { $0.round() }
}

extension Truncate: OperationDeclaration {
  static let samples = Sample.unary(-3...3, isSmooth: false, Foundation.trunc) { $0.truncated() }
}
