@testable import Adjoint

extension Quantile: OperationDeclaration {
  static let samples = ([.linear, .lower, .higher, .nearest, .midpoint] as [QuantileInterpolation]).flatMap { between in
    ([([5], 0), ([3, 4], 1), ([3, 1], 1)] as [(Shape, Int)]).map { shape, axis in
      Sample("\(between) of \(shape) axis \(axis)", [.uniform(shape, -2...2)]) {
        [$0[0].quantiles([0.1, 0.5, 0.83], axis: axis, between)]
      }
    }
  }
}
