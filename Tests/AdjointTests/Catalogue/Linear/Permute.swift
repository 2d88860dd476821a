@testable import Adjoint

extension Permute: OperationDeclaration {
  static let samples = [([2, 3], [1, 0]), ([2, 3, 4], [2, 0, 1]), ([0, 2], [1, 0])].map {
    (shape: Shape, order: [Int]) in
    Sample("\(shape) by \(order)", [.uniform(shape, -2...2)]) { [$0[0].permuted(order)] }
  }
}
