import Foundation

@testable import Adjoint

extension Entropy: OperationDeclaration {
  static let samples = Sample.unary(0.25...3, { -$0 * Foundation.log($0) }) { $0.entropy() }
}

extension TimesLogarithmOfOnePlus: OperationDeclaration {
  static let samples = Sample.binary(-2...2, -0.5...2, { $0 * Foundation.log1p($1) }) { $0.timesLogarithmOfOnePlus($1) }
}

extension Logit: OperationDeclaration {
  static let samples =
    Sample.unary(0.1...0.9, { Foundation.log($0 / (1 - $0)) }) { $0.logit(epsilon: nil) }
    + Sample.unary(0.3...0.7, { Foundation.log($0 / (1 - $0)) }) { $0.logit(epsilon: 0.2) }
    + Sample.unary(0.85...0.95, { _ in Foundation.log(4) }) { $0.logit(epsilon: 0.2) }
}

extension BinaryLogarithmOfExponentials: OperationDeclaration {
  static let samples = Sample.binary(-2...2, -2...2, { Foundation.log2(Foundation.exp2($0) + Foundation.exp2($1)) }) {
    $0.binaryLogAddExp($1)
  }
}
