@testable import Adjoint

extension Solve: OperationDeclaration {
  static let samples: [Sample] = [
    ([3, 3], [3, 2]), ([2, 3, 3], [3, 2]), ([3, 3], [4, 3, 1]), ([1, 1], [1, 1]), ([0, 0], [0, 2]),
    ([2, 20, 20], [20, 3]),
  ].map { (a: Shape, b: Shape) in
    Sample("\(a) \(b)", [.uniform(a, -1...1), .uniform(b, -1...1)]) {
      [try! $0[0].shiftedDiagonal(by: 4).solve($0[1])]
    }
  }
}

extension Expression {
  /// A + c·I, to make samples well conditioned.
  func shiftedDiagonal(by c: Double) -> Expression {
    self + Expression.identityMatrix(shape.rows, shape.rows, type) * number(c)
  }
}
