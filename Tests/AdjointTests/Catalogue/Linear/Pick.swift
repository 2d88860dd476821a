@testable import Adjoint

extension Pick: OperationDeclaration {
  static let samples = [
    Sample("rows", [.uniform([3, 4], -2...2)]) { [$0[0].picked(0, 1)] },
    Sample("columns", [.uniform([2, 3, 4], -2...2)]) { [$0[0].picked(2, 3)] },
    Sample("an element", [.uniform([4], -2...2)]) { [$0[0].picked(0, 2)] },
    Sample("far out", [.uniform([2, 70], -2...2)]) { [$0[0].picked(1, 69)] },
  ]
}
