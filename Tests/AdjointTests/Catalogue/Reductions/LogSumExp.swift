@testable import Adjoint

extension LogSumExp: OperationDeclaration {
  static let samples = axisSamples { $0.logSumExp(mask: $1) }

  fileprivate static func axisSamples(_ body: @escaping @Sendable (Expression, Int) -> Expression) -> [Sample] {
    ([([2, 3, 4], [0]), ([2, 3, 4], [1]), ([2, 3, 4], [2]), ([5], [0])] as [(Shape, [Int])]).map { shape, axes in
      Sample("\(shape) over \(axes)", [.uniform(shape, -3...3)]) { [body($0[0], shape.mask(axes, "logSumExp"))] }
    }
  }
}

extension Softmax: OperationDeclaration {
  static let samples = LogSumExp.axisSamples { $0.softmax(mask: $1) }
}

extension LogSoftmax: OperationDeclaration {
  static let samples = LogSumExp.axisSamples { $0.logSoftmax(mask: $1) }
}
