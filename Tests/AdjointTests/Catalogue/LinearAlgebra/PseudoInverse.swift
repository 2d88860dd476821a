@testable import Adjoint

extension PseudoInverse: OperationDeclaration {
  static let samples: [Sample] = [[3, 3], [4, 3], [2, 5], [2, 4, 2], [1, 1], [0, 2], [3, 0]].map { (shape: Shape) in
    Sample("\(shape)", [.uniform(shape, -1...1)]) { [try! $0[0].pseudoInverse()] }
  }
}
