@testable import Adjoint

extension NaNSum: OperationDeclaration {
  static let samples = ([([5], 1), ([3, 4], 2), ([3, 4], 3), ([0], 1)] as [(Shape, Int)]).map { shape, mask in
    Sample("\(shape) over \(mask)", [.uniform(shape, -2...2)]) { [$0[0].nanSum(mask: mask)] }
  }
}

extension NaNMean: OperationDeclaration {
  static let samples =
    ([([5], 1), ([3, 4], 2), ([3, 4], 3)] as [(Shape, Int)]).map { shape, mask in
      Sample("\(shape) over \(mask)", [.uniform(shape, -2...2)]) { [$0[0].nanMean(mask: mask)] }
    } + [Sample("with NaN", [.values([1, .nan, 3, 5], [4])], reference: { _ in 3 }) { [$0[0].nanMean(mask: 1)] }]
}
