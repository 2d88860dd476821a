@testable import Adjoint

extension TakeAlongAxis: OperationDeclaration {
  static let samples = [
    Sample("negative places", [.uniform([2, 3], -2...2)]) {
      let places = Expression.counting(4, from: -3, shape: [1, 4]).wrapped(3).expanded(to: [2, 4])
      return [$0[0].gathered(places, axis: 1)]
    },
    Sample("broadcast", [.uniform([1, 3], -2...2), .indices([4, 2], below: 3)]) {
      [$0[0].expanded(to: [4, 3]).gathered($0[1].wrapped(3), axis: 1)]
    },
  ]
}
