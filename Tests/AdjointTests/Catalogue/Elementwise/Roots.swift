@testable import Adjoint

extension SquareRoot: OperationDeclaration {
  static let samples = Sample.unary(0.25...3, { $0.squareRoot() }) { $0.squareRoot() }
}

extension FlatSquareRoot: OperationDeclaration {
  static let samples = Sample.unary(0.25...3, { $0.squareRoot() }) { $0.flatSquareRoot() }
}

extension ReciprocalSquareRoot: OperationDeclaration {
  static let samples = Sample.unary(0.25...3, { 1 / $0.squareRoot() }) { $0.reciprocalSquareRoot() }
}

extension Reciprocal: OperationDeclaration {
  static let samples = Sample.unary(0.25...3, { 1 / $0 }) { $0.reciprocal() }
}
