@testable import Adjoint

extension Determinant: OperationDeclaration {
  static let samples: [Sample] = [[3, 3], [2, 4, 4], [1, 1], [0, 0], [2, 2, 2]].map { (shape: Shape) in
    Sample("\(shape)", [.uniform(shape, -1...1)]) { [$0[0].determinant()] }
  }
}

extension SignedLogDeterminant: OperationDeclaration {
  static let samples: [Sample] = [[3, 3], [2, 4, 4], [1, 1], [0, 0]].map { (shape: Shape) in
    Sample("\(shape)", [.uniform(shape, -1...1)]) {
      let (sign, logarithm) = $0[0].shiftedDiagonal(by: 3).signedLogDeterminant()
      return [sign, logarithm]
    }
  }
}
