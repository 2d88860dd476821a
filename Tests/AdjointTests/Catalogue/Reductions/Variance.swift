@testable import Adjoint

extension Variance: OperationDeclaration {
  static let samples = spreadSamples { $0.variance(mask: $1, correction: 1) }

  fileprivate static func spreadSamples(_ body: @escaping @Sendable (Expression, Int) -> Expression) -> [Sample] {
    ([([2, 3, 4], [0]), ([2, 3, 4], [1]), ([2, 3, 4], [0, 2]), ([5], [0]), ([3, 4], [0, 1])] as [(Shape, [Int])]).map {
      shape, axes in
      Sample("\(shape) over \(axes)", [.uniform(shape, -2...2)]) { [body($0[0], shape.mask(axes, "variance"))] }
    }
  }
}

extension StandardDeviation: OperationDeclaration {
  static let samples = Variance.spreadSamples { $0.variance(mask: $1, correction: 0).flatSquareRoot() }
}
