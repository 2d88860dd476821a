@testable import Adjoint

extension Sum: OperationDeclaration {
  static let samples = [([2, 3, 4], [0]), ([2, 3, 4], [1]), ([2, 3, 4], [0, 2]), ([5], [0]), ([0, 3], [0])].map {
    (shape: Shape, axes: [Int]) in
    Sample("\(shape) over \(axes)", [.uniform(shape, -2...2)]) { [$0[0].sum(mask: shape.mask(axes, "sum"))] }
  }
}

extension Mean: OperationDeclaration {
  static let samples = [([2, 3, 4], [0]), ([2, 3, 4], [1]), ([2, 3, 4], [0, 2]), ([5], [0]), ([3, 0], [0])].map {
    (shape: Shape, axes: [Int]) in
    Sample("\(shape) over \(axes)", [.uniform(shape, -2...2)]) { [$0[0].mean(mask: shape.mask(axes, "mean"))] }
  }
}
