@testable import Adjoint

extension CombinedProducts: OperationDeclaration {
  static let samples = [
    Sample("inner", [.uniform([2, 3], -1...1), .uniform([4, 3], -1...1)]) { x in
      [x[0].onTensors(x[1], { $0.inner($1) }, { $0.inner($1) })]
    },
    Sample("cross", [.uniform([2, 3], -1...1), .uniform([3], -1...1)]) { x in
      [x[0].onTensors(x[1], { $0.cross($1) }, { $0.cross($1) })]
    },
    Sample("added outer product", [.uniform([3], -1...1), .uniform([2], -1...1)]) { x in
      [
        x[0].onTensors(
          x[1], { Tensor.ones(3, 2).addingOuterProduct($0, $1, alpha: 2) },
          { Tensor.ones(3, 2).addingOuterProduct($0, $1, alpha: 2) })
      ]
    },
  ]
}
