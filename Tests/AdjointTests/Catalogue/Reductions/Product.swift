@testable import Adjoint

extension Product: OperationDeclaration {
  static let samples =
    ([([2, 3, 4], [0]), ([2, 3, 4], [1]), ([2, 3, 4], [0, 2]), ([5], [0]), ([0, 3], [0])] as [(Shape, [Int])]).map {
      shape, axes in
      Sample("\(shape) over \(axes)", [.uniform(shape, 0.5...1.5)]) {
        [$0[0].product(mask: shape.mask(axes, "product"))]
      }
    } + [
      Sample("zeros", [.values([0, 2, 3, 0, 0, 3, 0, 0, 0], [3, 3])]) { [$0[0].product(mask: 2)] },
      Sample("zeros over all", [.values([2, 0, 3, 0.5], [2, 2])]) { [$0[0].product(mask: 3)] },
    ]
}
