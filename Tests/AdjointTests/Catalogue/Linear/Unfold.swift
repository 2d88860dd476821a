@testable import Adjoint

extension Unfold: OperationDeclaration {
  static let samples: [Sample] = [([7], 0, 3, 2), ([2, 5], 1, 2, 1), ([4, 3], 0, 1, 2)].map {
    (shape: Shape, axis: Int, size: Int, step: Int) in
    Sample("\(shape) axis \(axis) size \(size) step \(step)", [.uniform(shape, -2...2)]) {
      [$0[0].unfolded(axis, size, step)]
    }
  }
}
