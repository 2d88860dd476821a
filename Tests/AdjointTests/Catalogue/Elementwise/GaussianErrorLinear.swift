import Foundation

@testable import Adjoint

extension GaussianErrorLinear: OperationDeclaration {
  static let samples =
    Sample.unary(-3...3, { $0 * 0.5 * Foundation.erfc(-$0 * 0.5.squareRoot()) }) { $0.gelu(.none) }
    + Sample.unary(
      -3...3, { 0.5 * $0 * (1 + Foundation.tanh((2 / Double.pi).squareRoot() * ($0 + 0.044715 * $0 * $0 * $0))) }
    ) { $0.gelu(.tanh) }
}
