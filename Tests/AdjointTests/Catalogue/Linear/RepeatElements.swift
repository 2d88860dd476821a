@testable import Adjoint

extension RepeatElements: OperationDeclaration {
  static let samples = [
    Sample("one count", [.uniform([2, 3], -2...2)]) {
      [$0[0].onTensors({ $0.repeatedInterleaved(2, axis: 1) }, { $0.repeatedInterleaved(2, axis: 1) }).square()]
    },
    Sample("flat", [.uniform([2, 3], -2...2)]) {
      [$0[0].onTensors({ $0.repeatedInterleaved(3) }, { $0.repeatedInterleaved(3) }).square()]
    },
    Sample("a count each", [.uniform([3, 2], -2...2)]) {
      [
        $0[0].onTensors(
          { $0.repeatedInterleaved([2, 0, 1], axis: 0) }, { $0.repeatedInterleaved([2, 0, 1], axis: 0) })
      ]
    },
  ]
}
