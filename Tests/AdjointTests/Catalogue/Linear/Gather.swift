@testable import Adjoint

extension Gather: OperationDeclaration {
  static let samples = [
    Sample("rows", [.uniform([4, 3], -2...2), .indices([2, 3], below: 4)]) { [$0[0].gathered($0[1], axis: 0)] },
    Sample("a vector", [.uniform([5], -2...2), .indices([7], below: 5)]) { [$0[0].gathered($0[1], axis: 0)] },
  ]
}

extension ScatterAdd: OperationDeclaration {
  static let samples = [
    Sample("rows", [.uniform([4, 3], -2...2), .indices([2, 3], below: 4), .uniform([2, 3], -2...2)]) { x in
      [operation(0).record(x[0].type, x[0].shape, Operands(x))]
    }
  ]
}
