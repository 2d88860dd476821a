@testable import Adjoint

extension Gram: OperationDeclaration {
  static let samples: [Sample] = [[3, 3], [4, 3], [2, 2, 5], [1, 1], [0, 2], [2, 0]].map { (shape: Shape) in
    Sample("\(shape)", [.uniform(shape, -1...1)]) { [$0[0].gram()] }
  }
}
