import Foundation

@testable import Adjoint

extension Logarithm: OperationDeclaration {
  static let samples = Sample.unary(0.25...3, Foundation.log) { $0.log() }
}

extension LogarithmOfOnePlus: OperationDeclaration {
  static let samples = Sample.unary(-0.5...2, Foundation.log1p) { $0.log1p() }
}

extension BinaryLogarithm: OperationDeclaration {
  static let samples = Sample.unary(0.25...3, Foundation.log2) { $0.log2() }
}

extension CommonLogarithm: OperationDeclaration {
  static let samples = Sample.unary(0.25...3, Foundation.log10) { $0.log10() }
}
