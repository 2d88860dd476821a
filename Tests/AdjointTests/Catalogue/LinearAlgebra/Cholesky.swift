@testable import Adjoint

extension Cholesky: OperationDeclaration {
  static let samples: [Sample] = [[3, 3], [2, 4, 4], [1, 1], [0, 0], [20, 20]].map { (shape: Shape) in
    Sample("\(shape)", [.uniform(shape, -1...1)]) {
      [try! $0[0].times($0[0].t).shiftedDiagonal(by: 2).cholesky(upper: false)]
    }
  }
}

extension CholeskySolve: OperationDeclaration {
  static let samples: [Sample] =
    ([([3, 3], [3, 2]), ([2, 3, 3], [3, 2]), ([3, 3], [4, 3, 1])] as [(Shape, Shape)]).flatMap {
      factor, right in
      [true, false].map { upper in
        Sample("\(factor) \(right) upper \(upper)", [.uniform(factor, -1...1), .uniform(right, -1...1)]) {
          [$0[0].shiftedDiagonal(by: 3).keepingTriangle(upper: upper).choleskySolve($0[1], upper: upper)]
        }
      }
    }
}
