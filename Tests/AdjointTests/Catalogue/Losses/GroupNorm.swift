@testable import Adjoint

extension GroupNorm: OperationDeclaration {
  static let samples = ([([2, 4], 2), ([3, 4, 5], 1), ([2, 6, 2, 2], 3)] as [(Shape, Int)]).flatMap { shape, groups in
    [
      Sample("\(shape) in \(groups)", [.uniform(shape, -2...2)]) { [$0[0].groupNorm(groups, nil, nil, epsilon: 1e-3)] },
      Sample(
        "\(shape) in \(groups) with weight and bias",
        [.uniform(shape, -2...2), .uniform([shape[1]], 0.5...1.5), .uniform([shape[1]], -1...1)]
      ) { [$0[0].groupNorm(groups, $0[1], $0[2], epsilon: 1e-3)] },
    ]
  }
}

extension RMSNorm: OperationDeclaration {
  static let samples = ([([4, 3], 1), ([2, 3, 4], 2)] as [(Shape, Int)]).map { shape, count in
    Sample("\(shape) over \(count)", [.uniform(shape, -2...2), .uniform(Shape(shape.suffix(count)), 0.5...1.5)]) {
      [$0[0].rmsNorm(count, $0[1], epsilon: 1e-5)]
    }
  }
}
