@testable import Adjoint

extension MatrixMultiply: OperationDeclaration {
  static let samples = [
    ([2, 3], [3, 4]), ([3], [3]), ([2, 3], [3]), ([3], [3, 2]), ([2, 3, 4], [4, 5]), ([2, 1, 3, 4], [5, 4, 2]),
    ([0, 3], [3, 2]), ([2, 0], [0, 3]),
  ].map {
    (a: Shape, b: Shape) in
    Sample("\(a) \(b)", [.uniform(a, -1...1), .uniform(b, -1...1)]) { [$0[0].matmul($0[1])] }
  }
}
