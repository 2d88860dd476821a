import Foundation

@testable import Adjoint

extension Sine: OperationDeclaration {
  static let samples = Sample.unary(-3...3, Foundation.sin) { $0.sin() }
}

extension Cosine: OperationDeclaration {
  static let samples = Sample.unary(-3...3, Foundation.cos) { $0.cos() }
}

extension Tangent: OperationDeclaration {
  static let samples = Sample.unary(-1.2...1.2, Foundation.tan) { $0.tan() }
}

extension InverseSine: OperationDeclaration {
  static let samples = Sample.unary(-0.8...0.8, Foundation.asin) { $0.asin() }
}

extension InverseCosine: OperationDeclaration {
  static let samples = Sample.unary(-0.8...0.8, Foundation.acos) { $0.acos() }
}

extension InverseTangent: OperationDeclaration {
  static let samples = Sample.unary(-3...3, Foundation.atan) { $0.atan() }
}
