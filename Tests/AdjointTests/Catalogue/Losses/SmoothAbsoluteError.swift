@testable import Adjoint

extension SmoothAbsoluteError: OperationDeclaration {
  static let samples = [
    Sample("near and far", [.uniform([4], 1...2), .uniform([4], -1...0.4)]) { x in
      [
        x[0].onTensors(
          x[1], { smoothAbsoluteError($0, $1, beta: 0.5, reduction: .none) },
          { smoothAbsoluteError($0, $1, beta: 0.5, reduction: .none) })
      ]
    }
  ]
}
