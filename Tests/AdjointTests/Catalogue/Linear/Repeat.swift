@testable import Adjoint

extension Repeat: OperationDeclaration {
  static let samples: [Sample] = [([3], [2]), ([2, 3], [2, 1]), ([2, 3], [3, 1, 2]), ([], [2, 2]), ([2], [0])].map {
    (shape: Shape, repeats: [Int]) in
    Sample("\(shape) by \(repeats)", [.uniform(shape, -2...2)]) { [$0[0].repeated(repeats)] }
  }
}
