@testable import Adjoint

extension CumulativeSum: OperationDeclaration {
  static let samples = ([([5], 0), ([3, 4], 0), ([2, 3, 2], 1), ([0, 3], 0)] as [(Shape, Int)]).map { shape, axis in
    Sample("\(shape) axis \(axis)", [.uniform(shape, -2...2)]) { [$0[0].cumulativeSum(axis: axis, reversed: false)] }
  }
}
