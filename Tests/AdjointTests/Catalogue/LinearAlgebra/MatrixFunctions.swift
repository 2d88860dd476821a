@testable import Adjoint

extension MatrixExponential: OperationDeclaration {
  static let samples: [Sample] = [[3, 3], [2, 2, 2], [1, 1], [0, 0]].map { (shape: Shape) in
    Sample("\(shape)", [.uniform(shape, -1...1)]) { [$0[0].matrixExponential()] }
  }
}
