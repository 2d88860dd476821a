@testable import Adjoint

extension Concatenate: OperationDeclaration {
  static let samples = [
    Sample("rows", [.uniform([2, 3], -2...2), .uniform([1, 3], -2...2)]) { [.concatenating($0, axis: 0)] },
    Sample("columns", [.uniform([2, 1], -2...2), .uniform([2, 0], -2...2), .uniform([2, 2], -2...2)]) {
      [.concatenating($0, axis: 1)]
    },
  ]
}
