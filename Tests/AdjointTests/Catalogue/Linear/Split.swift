@testable import Adjoint

extension Split: OperationDeclaration {
  static let samples = ([([5], 0, 2), ([2, 6, 2], 1, 4), ([3, 4], 1, 0)] as [(Shape, Int, Int)]).map {
    shape, axis, at in
    Sample("\(shape) axis \(axis) at \(at)", [.uniform(shape, -2...2)]) {
      [
        $0[0].narrowed(axis: axis, start: 0, count: at),
        $0[0].narrowed(axis: axis, start: at, count: shape[axis] - at).square(),
      ]
    }
  }
}
