@testable import Adjoint

extension Trapezoid: OperationDeclaration {
  static let samples = [
    Sample("equal distances", [.uniform([2, 5], -2...2)]) {
      [$0[0].onTensors({ $0.trapezoid(distance: 0.5) }, { $0.trapezoid(distance: 0.5) }).square()]
    },
    Sample("places", [.uniform([2, 5], -2...2), .uniform([5], -2...2)]) { x in
      [x[0].onTensors(x[1], { $0.cumulativeTrapezoid(at: $1) }, { $0.cumulativeTrapezoid(at: $1) })]
    },
  ]
}

extension Differences: OperationDeclaration {
  static let samples = ([([5], 0), ([3, 4], 0), ([2, 1], 1)] as [(Shape, Int)]).map { shape, axis in
    Sample("\(shape) axis \(axis)", [.uniform(shape, -2...2)]) { [$0[0].differences(axis).square()] }
  }
}
