import Foundation

@testable import Adjoint

extension Softplus: OperationDeclaration {
  static let samples =
    Sample.unary(-3...3, { Foundation.log1p(Foundation.exp($0)) }) { $0.softplus(beta: 1, threshold: 20) }
    + Sample.unary(-3...3, { 2 * $0 > 3 ? $0 : Foundation.log1p(Foundation.exp(2 * $0)) / 2 }) {
      $0.softplus(beta: 2, threshold: 3)
    }
}
