@testable import Adjoint

extension NamedProducts: OperationDeclaration {
  static let samples = [
    Sample("mm", [.uniform([2, 3], -1...1), .uniform([3, 2], -1...1)]) { [$0[0].matmul($0[1])] },
    Sample("bmm", [.uniform([2, 2, 3], -1...1), .uniform([2, 3, 1], -1...1)]) { [$0[0].matmul($0[1])] },
    Sample("mv", [.uniform([2, 3], -1...1), .uniform([3], -1...1)]) { [$0[0].matmul($0[1])] },
    Sample("outer", [.uniform([3], -1...1), .uniform([2], -1...1)]) { [$0[0].asColumns.matmul($0[1].asRows)] },
  ]
}
