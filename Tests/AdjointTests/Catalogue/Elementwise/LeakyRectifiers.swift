import Foundation

@testable import Adjoint

extension LeakyRectifiedLinear: OperationDeclaration {
  static let samples =
    Sample.unary(0.25...2, { $0 }) { $0.leakyRelu(negativeSlope: 0.1) }
    + Sample.unary(-2 ... -0.25, { 0.1 * $0 }) { $0.leakyRelu(negativeSlope: 0.1) }
}

extension ExponentialLinear: OperationDeclaration {
  static let samples =
    Sample.unary(0.25...2, { $0 }) { $0.elu(alpha: 1.5) }
    + Sample.unary(-2 ... -0.25, { 1.5 * Foundation.expm1($0) }) { $0.elu(alpha: 1.5) }
}
