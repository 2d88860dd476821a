@testable import Adjoint

extension MatrixVector: OperationDeclaration {
  static let samples = [([2, 3], 3), ([4, 1], 1), ([1, 4], 4), ([0, 3], 3), ([3, 0], 0)].flatMap {
    (shape: Shape, count: Int) in
    [
      Sample("\(shape)·x", [.uniform(shape, -1...1), .uniform([count], -1...1)]) { [$0[0].matmul($0[1])] },
      Sample("x·\(shape)", [.uniform([shape[0]], -1...1), .uniform(shape, -1...1)]) { [$0[0].matmul($0[1])] },
    ]
  }
}
