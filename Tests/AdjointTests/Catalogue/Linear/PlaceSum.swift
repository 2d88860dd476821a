@testable import Adjoint

extension PlaceSum: OperationDeclaration {
  static let samples = [
    Sample("overlapping", [.uniform([3], -2...2), .uniform([4], -2...2)]) {
      [.sum(ofPlacements: [$0[0].placed(in: [7], [1], [2]), $0[1].placed(in: [7], [2], [1])])]
    },
    Sample("boxes", [.uniform([2, 2], -2...2), .uniform([1, 5], -2...2), .uniform([4, 1], -2...2)]) {
      [
        .sum(ofPlacements: [
          $0[0].placed(in: [4, 5], [1, 0], [1, 3]), $0[1].placed(in: [4, 5], [3, 0], [1, 1]),
          $0[2].placed(in: [4, 5], [0, 2], [1, 1]),
        ])
      ]
    },
  ]
}
