@testable import Adjoint

extension CumulativeProduct: OperationDeclaration {
  static let samples = [false, true].flatMap { exclusive in
    [
      Sample("[5]", [.uniform([5], 0.5...1.5)]) { [$0[0].cumulativeProduct(axis: 0, exclusive: exclusive)] },
      Sample("[3, 4]", [.uniform([3, 4], -1.5...1.5)]) { [$0[0].cumulativeProduct(axis: 0, exclusive: exclusive)] },
      Sample("zeros", [.values([2, 0, 3, 0, 0, 1.5, 0.5, -1], [2, 4])]) {
        [$0[0].cumulativeProduct(axis: 1, exclusive: exclusive)]
      },
    ]
  }
}
