@testable import Adjoint

extension Add: OperationDeclaration {
  static let samples = Sample.binary(-2...2, -2...2, +) { $0 + $1 }
}

extension Subtract: OperationDeclaration {
  static let samples = Sample.binary(-2...2, -2...2, -) { $0 - $1 }
}

extension Multiply: OperationDeclaration {
  static let samples = Sample.binary(-2...2, -2...2, *) { $0 * $1 }
}

extension Divide: OperationDeclaration {
  static let samples = Sample.binary(-2...2, 0.5...2, /) { $0 / $1 }
}

extension Negate: OperationDeclaration {
  static let samples = Sample.unary(-2...2, { -$0 }) { -$0 }
}
