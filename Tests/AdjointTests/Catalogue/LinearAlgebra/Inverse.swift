@testable import Adjoint

extension Inverse: OperationDeclaration {
  static let samples: [Sample] = [[3, 3], [2, 3, 3], [1, 1], [0, 0], [20, 20]].map { (shape: Shape) in
    Sample("\(shape)", [.uniform(shape, -1...1)]) { [try! $0[0].shiftedDiagonal(by: 4).inverse()] }
  }
}
