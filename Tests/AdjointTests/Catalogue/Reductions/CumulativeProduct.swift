@testable import Adjoint

extension CumulativeProduct: OperationDeclaration {
  static let samples = [
    Sample("[5]", [.uniform([5], 0.5...1.5)]) { [$0[0].cumulativeProduct(axis: 0)] },
    Sample("[3, 4]", [.uniform([3, 4], -1.5...1.5)]) { [$0[0].cumulativeProduct(axis: 0)] },
    Sample("zeros", [.values([2, 0, 3, 0, 0, 1.5, 0.5, -1], [2, 4])]) { [$0[0].cumulativeProduct(axis: 1)] },
  ]
}
