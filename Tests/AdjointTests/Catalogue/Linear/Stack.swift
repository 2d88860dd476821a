@testable import Adjoint

extension Stack: OperationDeclaration {
  static let samples = [
    Sample("scalars", [.uniform([], -2...2), .uniform([], -2...2), .uniform([], -2...2)]) { [.stacking($0, axis: 0)] },
    Sample("rows", [.uniform([3], -2...2), .uniform([3], -2...2)]) { [.stacking($0, axis: 0)] },
    Sample("columns", [.uniform([2, 3], -2...2), .uniform([2, 3], -2...2)]) { [.stacking($0, axis: 1)] },
    Sample("last", [.uniform([1, 2, 1, 3], -2...2), .uniform([1, 2, 1, 3], -2...2)]) { [.stacking($0, axis: 4)] },
    Sample("nothing", [.uniform([0], -2...2), .uniform([0], -2...2)]) { [.stacking($0, axis: 1)] },
  ]
}
