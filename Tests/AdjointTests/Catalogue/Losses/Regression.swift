@testable import Adjoint

extension MeanSquaredError: OperationDeclaration {
  static let samples = Sample.binary(-2...2, -2...2, { ($0 - $1) * ($0 - $1) }) { ($0 - $1).square() }
}

extension MeanAbsoluteError: OperationDeclaration {
  static let samples = Sample.binary(1...2, -1...0.5, { $0 - $1 }) { ($0 - $1).absoluteValue() }
}

extension Huber: OperationDeclaration {
  static let samples =
    Sample.binary(-1...1, -0.5...0.4, { ($0 - $1) * ($0 - $1) / 2 }) { $0.huber($1, delta: 2) }
    + Sample.binary(1...2, -1...0.4, { 0.5 * ($0 - $1 - 0.25) }) { $0.huber($1, delta: 0.5) }
}
