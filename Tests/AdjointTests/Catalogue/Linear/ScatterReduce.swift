@testable import Adjoint

extension ScatterProduct: OperationDeclaration {
  static let samples = [
    Sample("axis 1", [.uniform([2, 3], 0.5...2), .indices([2, 4], below: 3), .uniform([2, 4], 0.5...2)]) { x in
      [x[0].scattering(x[2], at: x[1], axis: 1, operation(1))]
    },
    Sample("with a zero", [.uniform([2, 3], 0.5...2), .values([0, 1.5, 0.5, 2, 0, 1], [2, 3])]) { x in
      func reduced<S: TensorFloatingPoint>(_ a: Tensor<S>, _ b: Tensor<S>) -> Tensor<S> {
        a.scatterReduce(axis: 1, at: [[0, 0, 1], [2, 1, 1]], b, reduction: .product)
      }
      return [x[0].onTensors(x[1], { reduced($0, $1) }, { reduced($0, $1) })]
    },
  ]
}

extension ScatterExtreme: OperationDeclaration {
  static let samples = [true, false].map { largest in
    Sample(
      "largest \(largest)", [.uniform([2, 3], -2...2), .indices([2, 4], below: 3), .uniform([2, 4], -2...2)]
    ) { x in [x[0].scattering(x[2], at: x[1], axis: 1, operation(1, largest: largest))] }
  }
}
