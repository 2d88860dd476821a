@testable import Adjoint

extension LayerNorm: OperationDeclaration {
  static let samples =
    ([([4, 3], 1), ([2, 3, 4], 2), ([5], 1)] as [(Shape, Int)]).flatMap { shape, count in
      let inner = Shape(shape.suffix(count))
      return [
        Sample("\(shape) over \(count)", [.uniform(shape, -2...2)]) {
          [$0[0].layerNorm(count, nil, nil, epsilon: 1e-5)]
        },
        Sample(
          "\(shape) over \(count) with weight and bias",
          [.uniform(shape, -2...2), .uniform(inner, 0.5...1.5), .uniform(inner, -1...1)]
        ) { [$0[0].layerNorm(count, $0[1], $0[2], epsilon: 1e-5)] },
      ]
    }
}
