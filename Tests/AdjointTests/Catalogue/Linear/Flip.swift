@testable import Adjoint

extension Flip: OperationDeclaration {
  static let samples: [Sample] = [([4], [0]), ([2, 3], [0, 1]), ([2, 3, 4], [1]), ([0, 3], [1]), ([2, 3], [])].map {
    (shape: Shape, axes: [Int]) in
    Sample("\(shape) axes \(axes)", [.uniform(shape, -2...2)]) { [$0[0].flipped(axes)] }
  }
}
