import Foundation

@testable import Adjoint

extension BinaryCrossEntropy: OperationDeclaration {
  static let samples = Sample.binary(-3...3, 0...1, { Foundation.log1p(Foundation.exp($0)) - $0 * $1 }) {
    $0.binaryCrossEntropy($1)
  }
}
