@testable import Adjoint

extension MaskedFill: OperationDeclaration {
  static let samples = [
    Sample("number", [.uniform([2, 3], -2...2), .mask([2, 3])]) {
      [Select.apply(mask: $0[1], $0[0].number(7), $0[0]).square()]
    },
    Sample("scalar, broadcast mask", [.uniform([2, 3], -2...2), .mask([3]), .uniform([], -2...2)]) {
      [Select.apply(mask: $0[1], $0[2], $0[0])]
    },
  ]
}
