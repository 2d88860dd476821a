@testable import Adjoint

extension VectorNorm: OperationDeclaration {
  static let samples = [0, 0.5, 1, 1.5, 2, 3, -1, -2, .infinity, -.infinity].flatMap { order in
    ([([2, 3, 4], [0]), ([2, 3, 4], [1]), ([2, 3, 4], [0, 2]), ([5], [0])] as [(Shape, [Int])]).map { shape, axes in
      Sample("order \(order) of \(shape) over \(axes)", [.uniform(shape, 0.5...2)], isSmooth: order != 0) {
        [($0[0] * $0[0].number(-1)).norm(order, mask: shape.mask(axes, "norm"))]
      }
    }
  }
}
