@testable import Adjoint

extension UnitAxes: OperationDeclaration {
  static let samples = [
    Sample("squeezed", [.uniform([2, 1, 3], -2...2)]) { [$0[0].reshaped([2, 3]) * $0[0].reshaped([2, 3])] },
    Sample("unsqueezed", [.uniform([2, 3], -2...2)]) { [$0[0].reshaped([2, 1, 3]) * $0[0].reshaped([2, 1, 3])] },
    Sample("flattened", [.uniform([2, 3, 2], -2...2)]) { [$0[0].reshaped([2, 6]).square()] },
    Sample("expanded", [.uniform([1, 3], -2...2)]) { [$0[0].expanded(to: [2, 4, 3])] },
    Sample("nothing", [.uniform([0, 1], -2...2)]) { [$0[0].reshaped([0]), $0[0].expanded(to: [0, 4])] },
  ]
}
