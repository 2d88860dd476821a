@testable import Adjoint

extension Triangle: OperationDeclaration {
  static let samples: [Sample] = [([3, 3], 0), ([2, 3, 4], 1), ([4, 2], -1), ([0, 3], 0), ([3, 3], 5)].flatMap {
    (shape: Shape, diagonal: Int) in
    [
      Sample("lower \(shape) diagonal \(diagonal)", [.uniform(shape, -2...2)]) {
        [$0[0].triangle(lower: true, diagonal)]
      },
      Sample("upper \(shape) diagonal \(diagonal)", [.uniform(shape, -2...2)]) {
        [$0[0].triangle(lower: false, diagonal)]
      },
    ]
  }
}
