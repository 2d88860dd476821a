import Foundation

@testable import Adjoint

extension Mish: OperationDeclaration {
  static let samples = Sample.unary(-3...3, { $0 * Foundation.tanh(Foundation.log1p(Foundation.exp($0))) }) {
    $0.mish()
  }
}

extension Softsign: OperationDeclaration {
  static let samples = Sample.unary(0.25...3, { $0 / (1 + $0) }) { $0.softsign() }
}

extension TanhShrink: OperationDeclaration {
  static let samples = Sample.unary(-3...3, { $0 - Foundation.tanh($0) }) { $0.tanhShrink() }
}

extension GatedLinear: OperationDeclaration {
  static let samples = ([([4], 0), ([2, 6], 1), ([4, 3], 0), ([0, 2], 1)] as [(Shape, Int)]).map { shape, axis in
    Sample("\(shape) axis \(axis)", [.uniform(shape, -2...2)]) { [$0[0].gatedLinear(axis: axis)] }
  }
}

extension ParametricRectifiedLinear: OperationDeclaration {
  static let samples =
    Sample.binary(0.25...2, 0.1...0.5, { x, _ in x }) { $0.parametricRelu($1) }
    + Sample.binary(-2 ... -0.25, 0.1...0.5, { $0 * $1 }) { $0.parametricRelu($1) }
}
