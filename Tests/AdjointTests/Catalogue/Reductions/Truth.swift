@testable import Adjoint

extension AllTrue: OperationDeclaration {
  static let samples = maskSamples { $0.reduce(operation, mask: $1, keepingDimensions: true) }

  fileprivate static func maskSamples(_ body: @escaping @Sendable (Expression, Int) -> Expression) -> [Sample] {
    ([([3, 4], [0]), ([3, 4], [1]), ([2, 3, 2], [0, 2]), ([5], [0]), ([0, 2], [0])] as [(Shape, [Int])]).map {
      shape, axes in
      Sample("\(shape) over \(axes)", [.mask(shape)], isSmooth: false) { [body($0[0], shape.mask(axes, "all"))] }
    }
  }
}

extension AnyTrue: OperationDeclaration {
  static let samples = AllTrue.maskSamples { $0.reduce(operation, mask: $1, keepingDimensions: true) }
}

extension CountNonzero: OperationDeclaration {
  static let samples = AllTrue.maskSamples { $0.countNonzero(mask: $1, keepingDimensions: true) }
}
