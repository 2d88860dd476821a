@testable import Adjoint

extension Cholesky: OperationDeclaration {
  static let samples: [Sample] = [[3, 3], [2, 4, 4], [1, 1], [0, 0], [20, 20]].map { (shape: Shape) in
    Sample("\(shape)", [.uniform(shape, -1...1)]) {
      [try! $0[0].times($0[0].t).shiftedDiagonal(by: 2).cholesky(upper: false)]
    }
  }
}
