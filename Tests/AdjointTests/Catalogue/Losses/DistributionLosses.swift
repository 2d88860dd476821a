import Foundation

@testable import Adjoint

extension KLDivergence: OperationDeclaration {
  static let samples =
    Sample.binary(-2...0, 0.1...1, { $1 * (Foundation.log($1) - $0) }) { $0.klDivergence($1, isLogarithm: false) }
    + Sample.binary(-2...0, -2...0, { Foundation.exp($1) * ($1 - $0) }) { $0.klDivergence($1, isLogarithm: true) }
}

extension GaussianNegativeLogLikelihood: OperationDeclaration {
  static let samples = [
    Sample("three", [.uniform([3, 2], -1...1), .uniform([3, 2], -1...1), .uniform([3, 2], 0.5...2)]) {
      [$0[0].gaussianNegativeLogLikelihood($0[1], $0[2], isFull: true, epsilon: 1e-6)]
    }
  ]
}

extension BinaryCrossEntropyOfProbabilities: OperationDeclaration {
  static let samples = Sample.binary(
    0.1...0.9, 0...1, { -$1 * Foundation.log($0) - (1 - $1) * Foundation.log1p(-$0) }
  ) { $0.binaryCrossEntropyOfProbabilities($1) }
}
