@testable import Adjoint

extension IndexCopy: OperationDeclaration {
  static let samples = [
    Sample("copied", [.uniform([4, 3], -2...2), .uniform([2, 3], -2...2)]) { x in
      [
        x[0].onTensors(x[1], { $0.indexCopy(axis: 0, at: [2, 0], $1) }, { $0.indexCopy(axis: 0, at: [2, 0], $1) })
          .square()
      ]
    },
    Sample("filled", [.uniform([2, 3], -2...2)]) {
      [$0[0].onTensors({ $0.indexFill(axis: 1, at: [2], 5) }, { $0.indexFill(axis: 1, at: [2], 5) }).square()]
    },
    Sample("scattered", [.uniform([2, 3], -2...2)]) {
      [
        $0[0].onTensors(
          { $0.scatter(axis: 1, at: [[2], [0]], value: 5) }, { $0.scatter(axis: 1, at: [[2], [0]], value: 5) }
        ).square()
      ]
    },
  ]
}
