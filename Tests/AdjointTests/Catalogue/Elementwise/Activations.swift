import Foundation

@testable import Adjoint

extension Sigmoid: OperationDeclaration {
  static let samples = Sample.unary(-3...3, { 1 / (1 + Foundation.exp(-$0)) }) { $0.sigmoid() }
}

extension LogSigmoid: OperationDeclaration {
  static let samples = Sample.unary(-3...3, { -Foundation.log1p(Foundation.exp(-$0)) }) { $0.logSigmoid() }
}

extension RectifiedLinear: OperationDeclaration {
  static let samples =
    Sample.unary(0.25...2, { $0 }) { $0.relu() } + Sample.unary(-2 ... -0.25, { _ in 0 }) { $0.relu() }
}

extension SigmoidLinear: OperationDeclaration {
  static let samples = Sample.unary(-3...3, { $0 / (1 + Foundation.exp(-$0)) }) { $0.silu() }
}
