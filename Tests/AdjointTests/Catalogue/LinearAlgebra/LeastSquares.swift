@testable import Adjoint

extension LeastSquares: OperationDeclaration {
  static let samples: [Sample] = [
    ([3, 3], [3, 2]), ([5, 3], [5, 2]), ([2, 4], [2, 1]), ([2, 5, 3], [2, 5, 2]), ([1, 1], [1, 1]),
  ].map { (a: Shape, b: Shape) in
    Sample("\(a) \(b)", [.uniform(a, -1...1), .uniform(b, -1...1)]) { [try! $0[0].leastSquares($0[1]).solution] }
  }
}
