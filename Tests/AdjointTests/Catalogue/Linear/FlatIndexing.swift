@testable import Adjoint

extension FlatIndexing: OperationDeclaration {
  static let samples = [
    Sample("masked scatter", [.uniform([3, 4], -2...2), .mask([3, 4]), .uniform([12], -2...2)]) {
      [$0[0].maskedScatter($0[1], $0[2]).square()]
    },
    Sample("take", [.uniform([3, 2], -2...2)]) {
      [$0[0].onTensors({ $0.take(Tensor([[0, -1], [5, 0]])) }, { $0.take(Tensor([[0, -1], [5, 0]])) }).square()]
    },
  ]
}
