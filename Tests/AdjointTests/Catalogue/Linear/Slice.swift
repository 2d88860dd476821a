@testable import Adjoint

extension Slice: OperationDeclaration {
  static let samples = [
    Sample("every other", [.uniform([7], -2...2)]) { [$0[0].sliced([1], [2], to: [3])] },
    Sample("a box", [.uniform([4, 5], -2...2)]) { [$0[0].sliced([1, 0], [1, 3], to: [2, 2])] },
    Sample("nothing", [.uniform([4], -2...2)]) { [$0[0].sliced([2], [1], to: [0])] },
  ]
}

extension Place: OperationDeclaration {
  static let samples = [
    Sample("every other", [.uniform([3], -2...2)]) { [$0[0].placed(in: [7], [1], [2])] },
    Sample("a box", [.uniform([2, 2], -2...2)]) { [$0[0].placed(in: [4, 5], [1, 0], [1, 3])] },
  ]
}
