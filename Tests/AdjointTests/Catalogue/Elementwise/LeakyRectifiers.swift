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

extension ContinuousExponentialLinear: OperationDeclaration {
  static let samples =
    Sample.unary(0.25...2, { $0 }) { $0.celu(alpha: 1.5) }
    + Sample.unary(-2 ... -0.25, { 1.5 * Foundation.expm1($0 / 1.5) }) { $0.celu(alpha: 1.5) }
}

extension ScaledExponentialLinear: OperationDeclaration {
  private static let (alpha, scale) = (1.6732632423543772, 1.0507009873554805)
  static let samples =
    Sample.unary(0.25...2, { scale * $0 }) { $0.selu() }
    + Sample.unary(-2 ... -0.25, { scale * alpha * Foundation.expm1($0) }) { $0.selu() }
}
